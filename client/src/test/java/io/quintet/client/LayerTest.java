package io.quintet.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The client's rooms and who may enter which.
final class LayerTest {
  private static final String ROOT = "io.quintet.client";
  private static final String[] ROOMS = {
    "source",
    "chunk",
    "codec",
    "placement",
    "transfer",
    "restore",
    "tar",
    "network",
    "progress",
    "upload",
    "download",
    "upkeep",
    "cli",
    "web"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void eachStageSeesTheStageBeforeItAlone() {
    String reason =
        "a stage takes the values of the stage before it; only upload and download see all";
    mayUse("tar", reason);
    mayUse("source", reason, "tar");
    mayUse("chunk", reason);
    mayUse("codec", reason, "chunk");
    mayUse("placement", reason, "codec");
    mayUse("transfer", reason, "codec", "placement", "network");
    mayUse("restore", reason, "tar");
    mayUse("network", reason);
    mayUse("progress", reason);
    mayUse("upkeep", reason, "network", "progress");
  }

  @Test
  void putAndGetDoNotKnowEachOther() {
    String reason = "put and get meet in the manifest alone";
    mayUse(
        "upload",
        reason,
        "source",
        "chunk",
        "codec",
        "placement",
        "transfer",
        "network",
        "progress");
    mayUse("download", reason, "chunk", "codec", "transfer", "restore", "network", "progress");
    // How a manifest is opened is the same for everybody who reads one.
    mayUse("removal", reason, "download", "network", "progress");
  }

  @Test
  void commandsSeeNoStage() {
    String reason =
        "commands ask for an upload or a download; how it is done is not their business";
    mayUse("cli", reason, "upload", "download", "removal", "upkeep", "network", "progress", "web");
    mayUse("web", reason, "upload", "download", "network", "progress");
  }

  @Test
  void theClientNeverSeesTheNode() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quintet.node..", "io.quintet.scripts..")
        .because("client and node meet in the HTTP and UDP protocol alone")
        .check(CLASSES);
  }

  @Test
  void pureStagesTouchNoFilesAndNoSockets() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".codec..", ROOT + ".placement..", ROOT + ".tar..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "io.vertx..")
        .because("they are functions of their arguments, so that they can be tested as such")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static void mayUse(String room, String reason, String... others) {
    String[] forbidden =
        Arrays.stream(ROOMS)
            .filter(other -> !other.equals(room) && !Arrays.asList(others).contains(other))
            .map(other -> ROOT + "." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because(reason)
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
