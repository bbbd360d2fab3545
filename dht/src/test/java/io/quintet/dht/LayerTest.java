package io.quintet.dht;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/// The engine is a function of time, events and one seed: what would break that is banned here,
/// each ban with its reason and its replacement.
class LayerTest {
  private static final String[] PURE = {
    "io.quintet.dht.id..",
    "io.quintet.dht.routing..",
    "io.quintet.dht.lookup..",
    "io.quintet.dht.records..",
    "io.quintet.dht.upkeep..",
    "io.quintet.dht.engine..",
    "io.quintet.dht.sim.."
  };

  private static final JavaClasses DHT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.quintet.dht");

  @Test
  void theEngineTouchesNoOutsideWorld() {
    packages("java.io..", "an effect of the engine, carried out by io.quintet.dht.net");
    packages("java.nio.file..", "an effect of the engine, carried out by io.quintet.dht.net");
    packages("java.nio.channels..", "an effect of the engine, carried out by io.quintet.dht.net");
    packages("java.net..", "literal addresses in Contact; names are resolved where they enter");
    packages("io.vertx..", "an effect of the engine; only io.quintet.dht.net knows Vert.x");
    packages("io.netty..", "an effect of the engine; only io.quintet.dht.net knows sockets");
    packages("com.fasterxml.jackson..", "the value types; only io.quintet.dht.net knows JSON");
    packages("org.slf4j..", "an effect or a figure; the simulator would drown in log lines");
    packages("io.quintet.dht.net..", "an effect; the engine does not know who drives it");
  }

  @Test
  void theEngineReadsNoClock() {
    packages("java.time..", "the time that comes with each event, in monotonic milliseconds");
    calls(System.class, "currentTimeMillis", "the time that comes with each event");
    calls(System.class, "nanoTime", "the time that comes with each event");
    classes("java.util.Timer", "nextWakeup()");
  }

  @Test
  void theEngineStartsNoThread() {
    packages("java.util.concurrent..", "nextWakeup(): the engine is owned by one thread");
    classes("java.lang.Thread", "nextWakeup(): the engine is owned by one thread");
  }

  @Test
  void theEngineDrawsFromItsSeedAlone() {
    classes("java.util.Random", "a RandomGenerator forked from the engine's seed");
    classes("java.util.UUID", "a Key drawn from a forked RandomGenerator");
    packages("java.security..", "a RandomGenerator forked from the engine's seed");
    calls(Math.class, "random", "a RandomGenerator forked from the engine's seed");
    noArguments("java.util.SplittableRandom", "new SplittableRandom(seed), forked per component");
  }

  @Test
  void theEngineIteratesInAnOrderThatTheSeedDecides() {
    constructors("java.util.HashMap", "LinkedHashMap or TreeMap");
    constructors("java.util.HashSet", "LinkedHashSet or TreeSet");
    constructors("java.util.IdentityHashMap", "LinkedHashMap with a key of value");
    constructors("java.util.WeakHashMap", "a bounded LinkedHashMap");
    factories("java.util.Map", "LinkedHashMap, whose order does not change from run to run");
    factories("java.util.Set", "LinkedHashSet, whose order does not change from run to run");
    calls(System.class, "identityHashCode", "a number given in order of creation");
  }

  @Test
  void theMachinesKnowOnlyWhatIsBelowThem() {
    below("id", "routing", "lookup", "records", "upkeep", "engine", "sim");
    below("routing", "lookup", "records", "upkeep", "engine", "sim");
    below("lookup", "routing", "records", "upkeep", "engine", "sim");
    below("records", "routing", "lookup", "upkeep", "engine", "sim");
    below("upkeep", "records", "engine", "sim");
    below("engine", "sim");
  }

  @Test
  void aBanIsNoticed() {
    JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);
    ArchRule rule =
        noClasses().should().callMethod(System.class, "nanoTime").because("this test is to fail");
    Assertions.assertThrows(AssertionError.class, () -> rule.check(impure));
  }

  /// Reads a clock, to show that the rules would see it.
  static final class Impure {
    private Impure() {}

    static long now() {
      return System.nanoTime();
    }
  }

  private static void packages(String banned, String instead) {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(banned)
        .because(reason(instead))
        .check(DHT);
  }

  private static void classes(String banned, String instead) {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(banned)
        .because(reason(instead))
        .check(DHT);
  }

  private static void calls(Class<?> owner, String method, String instead) {
    callsThat(
        "calls " + owner.getSimpleName() + "." + method,
        call -> call.getTargetOwner().isEquivalentTo(owner) && call.getName().equals(method),
        instead);
  }

  private static void constructors(String owner, String instead) {
    callsThat("new " + owner, call -> isConstructorOf(call, owner), instead);
  }

  private static void noArguments(String owner, String instead) {
    callsThat(
        "new " + owner + "()",
        call -> isConstructorOf(call, owner) && call.getTarget().getRawParameterTypes().isEmpty(),
        instead);
  }

  private static void factories(String owner, String instead) {
    List<String> names = List.of("of", "ofEntries", "copyOf");
    callsThat(
        owner + ".of",
        call -> call.getTargetOwner().getName().equals(owner) && names.contains(call.getName()),
        instead);
  }

  private static boolean isConstructorOf(JavaCall<?> call, String owner) {
    return call.getTargetOwner().getName().equals(owner) && call.getName().equals("<init>");
  }

  private static void callsThat(String what, Predicate<JavaCall<?>> banned, String instead) {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callCodeUnitWhere(DescribedPredicate.describe(what, banned))
        .because(reason(instead))
        .check(DHT);
  }

  private static void below(String room, String... above) {
    for (String other : above) {
      noClasses()
          .that()
          .resideInAPackage("io.quintet.dht." + room + "..")
          .should()
          .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.quintet.dht." + other))
          .because("rooms depend in one direction: move what both need to the lower one")
          .check(DHT);
    }
  }

  private static String reason(String instead) {
    return "one seed must give one trace, in production as in the simulator; use " + instead;
  }
}
