package io.quintet.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import io.quintet.dht.net.AdvertisedAddress;
import org.junit.jupiter.api.Test;

/// The rooms of the node and who may see whom; each rule says why.
class LayerTest {
  private static final JavaClasses NODE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.quintet.node");

  private static void check(ArchRule rule, String reason) {
    rule.because(reason).check(NODE);
  }

  @Test
  void theRoomsFormOneDirection() {
    check(
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("io.quintet.node.cli..")
            .layer("wiring")
            .definedBy("io.quintet.node")
            .layer("edge")
            .definedBy("io.quintet.node.edge..")
            .layer("service")
            .definedBy("io.quintet.node.service..")
            .layer("store")
            .definedBy("io.quintet.node.store..")
            .layer("peer")
            .definedBy("io.quintet.node.peer..")
            .layer("repair")
            .definedBy("io.quintet.node.repair..")
            .layer("work")
            .definedBy("io.quintet.node.work..")
            .layer("home")
            .definedBy("io.quintet.node.home..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("wiring")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("edge")
            .mayOnlyBeAccessedByLayers("wiring", "cli")
            .whereLayer("service")
            .mayOnlyBeAccessedByLayers("wiring", "edge", "cli")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("wiring", "service", "edge")
            .whereLayer("peer")
            .mayOnlyBeAccessedByLayers("wiring", "service")
            .whereLayer("repair")
            .mayOnlyBeAccessedByLayers("wiring", "service")
            .whereLayer("work")
            .mayOnlyBeAccessedByLayers("wiring", "service")
            .whereLayer("home")
            .mayOnlyBeAccessedByLayers("wiring", "cli"),
        "a request goes edge -> service -> store, and only the wiring sees everything");
  }

  @Test
  void theStoreKnowsNoNetwork() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.quintet.node.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "io.quintet.dht.net.."),
        "the store is files and hashes; services bring it together with event loops");
  }

  @Test
  void servicesKnowNoHttp() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.quintet.node.service..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext..", "io.quintet.dht.net.."),
        "services see ports only, so that they run in the simulator too");
  }

  @Test
  void repairIsDecidedWithoutLookingAnywhere() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.quintet.node.repair..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx..",
                "java.io..",
                "java.nio.file..",
                "java.util.concurrent..",
                "io.quintet.dht.net..",
                "io.quintet.node.peer..",
                "io.quintet.node.store..",
                "io.quintet.node.service.."),
        "decisions about repair are functions of what is known and of the time, so that the"
            + " simulator takes the same ones");
  }

  @Test
  void theNodeDoesNotKnowTheClient() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quintet.client..", "io.quintet.manifest.."),
        "node and client meet in the protocol alone");
  }

  @Test
  void onlyThePortsTouchTheNetworkRoomOfTheDht() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.quintet.node.peer..", "io.quintet.node.edge..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.quintet.dht.net..").and(not(type(AdvertisedAddress.class)))),
        "what is asked of other nodes goes through the ports in peer; the edge knows the one"
            + " exception that they answer with, and settings hold an address, which is a value");
  }
}
