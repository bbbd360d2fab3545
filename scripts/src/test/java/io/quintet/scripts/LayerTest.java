package io.quintet.scripts;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayerTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.quintet.scripts");

  @Test
  void clustersAndDemoUseNodesFromOutsideOnly() {
    noClasses()
        .that()
        .resideInAnyPackage("io.quintet.scripts.cluster..", "io.quintet.scripts.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.quintet.node..")
        .because("what the demo shows must be what any user can do: processes, signals and HTTP")
        .check(classes);
  }

  @Test
  void nothingHereReachesAroundTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.quintet.scripts.simulate..",
            "io.quintet.scripts.bench.codec..",
            "io.quintet.scripts.bench.fresh..",
            "io.quintet.scripts.torture.times..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quintet.dht..", "io.quintet.manifest..")
        .because("the composition root works through client and node, never around them")
        .check(classes);
  }

  @Test
  void simulationsUseTheSimulatorAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.quintet.scripts.simulate")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.quintet.dht..", "io.quintet.manifest..", "io.quintet.node..")
                .and(resideOutsideOfPackage("io.quintet.dht.sim..")))
        .because("a simulation opens no socket, and its history is what io.quintet.dht.sim says")
        .check(classes);
  }

  @Test
  void theDurabilityScenarioUsesDecisionsAndValuesAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.quintet.scripts.simulate.durability..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.quintet.dht..", "io.quintet.manifest..", "io.quintet.node..")
                .and(
                    resideOutsideOfPackages(
                        "io.quintet.dht.id..",
                        "io.quintet.manifest.blob..",
                        "io.quintet.node.repair..")))
        .because("what decides is production's; what it decides about is simulated")
        .check(classes);
  }

  @Test
  void localClustersStandAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.quintet.scripts.cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quintet.scripts.demo..", "io.quintet.scripts.warmup..")
        .because("the demo is a user of local clusters")
        .check(classes);
  }

  @Test
  void nothingLeansOnTheBenchmark() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quintet.scripts.bench..", "io.quintet.scripts")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.quintet.scripts.bench..")
        .because("a benchmark watches the program; only the command line knows its one command")
        .check(classes);
  }
}
