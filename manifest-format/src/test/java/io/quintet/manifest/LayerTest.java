package io.quintet.manifest;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What the rooms of this module may use, and why.
final class LayerTest {
  private static final String FILE_ROOM = "io.quintet.manifest.file..";

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.quintet.manifest");

  @Test
  void onlyTheFileRoomTouchesFilesAndNobodyTouchesTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackage(FILE_ROOM)
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels.."))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File|File.*Stream|FileReader|FileWriter|RandomAccessFile)")
        .because(
            "the format is pure, so that every program and every test can use it on bytes;"
                + " take streams as arguments, or put it into io.quintet.manifest.file")
        .check(MODULE);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.net..", "javax.net..", "java.sql..", "io.vertx..", "io.netty.."))
        .because("a manifest is read before anything is sent; networking is the client's")
        .check(MODULE);
  }

  @Test
  void nothingReadsAClockOrStartsAThread() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.time..", "java.util.concurrent.."))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, Timer.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("the same bytes must give the same result at any time; take times as arguments")
        .check(MODULE);
  }

  @Test
  void nothingMakesRandomness() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, SecureRandom.class, UUID.class)
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("java.util.random.."))
        .orShould()
        .callMethod(Math.class, "random")
        .because("keys are made where a secure source is chosen: take the bytes as an argument")
        .check(MODULE);
  }

  @Test
  void nothingDependsOnAnOrderThatChangesFromRunToRun() {
    String reason = "one manifest has one text: use TreeMap, TreeSet or List";
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(HashMap.class, HashSet.class)
        .because(reason)
        .check(MODULE);
    noClasses()
        .that()
        .resideOutsideOfPackage(FILE_ROOM)
        .should()
        .callMethodWhere(
            target(owner(type(Set.class).or(type(Map.class))))
                .and(target(nameMatching("of|copyOf|ofEntries"))))
        .because(reason)
        .check(MODULE);
  }

  @Test
  void onlyTheJdkAndTheStreamingParserAreUsed() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "javax.crypto..",
                "org.jspecify.annotations..",
                "com.fasterxml.jackson.core..",
                "io.quintet.manifest.."))
        .because("the format outlives the libraries of the day; data binding hides what it accepts")
        .check(MODULE);
    noClasses()
        .that(resideOutsideOfPackages("io.quintet.manifest"))
        .should()
        .dependOnClassesThat(resideInAnyPackage("com.fasterxml.."))
        .because("JSON is how a manifest is spelt, and nobody else's matter")
        .check(MODULE);
  }

  @Test
  void roomsFormNoCycle() {
    SlicesRuleDefinition.slices()
        .matching("io.quintet.(**)")
        .should()
        .beFreeOfCycles()
        .because("file uses manifest, which uses merkle and blob, and never the other way")
        .check(MODULE);
  }

  @Test
  void rulesSeeTheModule() {
    assertTrue(MODULE.contain(Manifest.class));
    assertTrue(MODULE.size() > 20, "classes: " + MODULE.size());
  }
}
