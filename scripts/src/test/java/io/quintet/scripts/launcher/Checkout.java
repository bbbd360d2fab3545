package io.quintet.scripts.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A small checkout with the real scripts, and a JDK and a Maven that only write down how they were
/// called.
final class Checkout {
  /// The real scripts; Maven runs a module's tests in the module's folder.
  private static final Path SCRIPTS = Path.of("").toAbsolutePath();

  private static final String RECORDING_JAVA =
      """
      #!/bin/bash
      for argument in "$@"; do
        if [[ $argument == -XX:AOTCacheOutput=* ]]; then echo trained >"${argument#*=}"; fi
      done
      printf '%s\\n' "$@"
      """;

  private static final String RECORDING_MAVEN =
      """
      #!/bin/bash
      echo "$JAVA_HOME $*" >>"$MAVEN_CALLS"
      if [[ -n ${MAVEN_FAILS-} ]]; then seq 100; echo 'A.java:1: no good'; exit 1; fi
      if [[ -n ${MAVEN_GATE-} ]]; then read -r _ <"$MAVEN_GATE"; fi
      began=2021-01-01
      if [[ -e scripts/target/dist/build-began ]]; then began='1 minute'; fi
      mkdir -p scripts/target/dist/lib
      echo jar >scripts/target/dist/lib/quintet-scripts.jar
      echo jar >scripts/target/dist/lib/other.jar
      touch -d "$began" scripts/target/dist/build-began
      """;

  private final Path scratch;
  private final Map<String, String> environment = new HashMap<>();
  final Path root;
  final Path jdk;
  final Path cache;

  Checkout(Path scratch) throws IOException {
    this.scratch = scratch;
    root = scratch.resolve("a checkout");
    jdk = scratch.resolve("jdk 25");
    cache = scratch.resolve("cache/quintet");
    copy("quintet");
    try (Stream<Path> parts = Files.list(SCRIPTS.resolve("launcher"))) {
      for (Path part : parts.toList()) {
        copy("launcher/" + part.getFileName());
      }
    }
    write(root.resolve("pom.xml"), "<project/>");
    write(root.resolve("dht/pom.xml"), "<project/>");
    write(source(), "class A {}");
    // The fake build happens a year after these were written, so that a change of today is newer
    // than it.
    for (String old :
        List.of(
            "pom.xml",
            "dht/pom.xml",
            "dht/src/main/java/A.java",
            "dht/src/main/java",
            "dht/src/main")) {
      age(root.resolve(old));
    }
    fakeJdk(jdk, "25.0.3");
    program(scratch.resolve("tools/mvn"), RECORDING_MAVEN);
    environment.put("PATH", scratch.resolve("tools") + ":" + System.getenv("PATH"));
    environment.put("HOME", scratch.resolve("home").toString());
    environment.put("XDG_CACHE_HOME", scratch.resolve("cache").toString());
    environment.put("JAVA25_HOME", jdk.toString());
    environment.put("MAVEN_CALLS", mavenCallsFile().toString());
    environment.put("QUINTET_AOT", "off");
  }

  private void copy(String script) throws IOException {
    Path copy = root.resolve("scripts").resolve(script);
    Files.createDirectories(copy.getParent());
    Files.copy(SCRIPTS.resolve(script), copy);
  }

  Path source() {
    return root.resolve("dht/src/main/java/A.java");
  }

  Path launcher() {
    return root.resolve("scripts/quintet");
  }

  Path buildLog() {
    return root.resolve("scripts/target/build.log");
  }

  /// Gives the scripts one more variable, or another value of one.
  Checkout with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Runs the launcher by its own path.
  Script.Outcome quintet(String... arguments) throws IOException, InterruptedException {
    return start(arguments).outcome();
  }

  Script.Running start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(arguments));
    return new Script(scratch, environment).start(scratch, command);
  }

  /// Runs any command in any folder, with the same environment.
  Script.Outcome run(Path folder, String... command) throws IOException, InterruptedException {
    return new Script(folder, environment).run(scratch, List.of(command));
  }

  /// Waits until a condition of the shell holds, for at most twenty seconds.
  void await(String condition) throws IOException, InterruptedException {
    String loop = "until " + condition + "; do sleep 0.02; done";
    assertEquals(
        0, run(scratch, "timeout", "20", "bash", "-c", loop).exit(), "never: " + condition);
  }

  /// How often Maven was called, and with what.
  List<String> mavenCalls() throws IOException {
    return Files.exists(mavenCallsFile()) ? Files.readAllLines(mavenCallsFile()) : List.of();
  }

  /// The AOT caches that lie in the cache folder.
  List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.filter(file -> file.toString().endsWith(".aot")).toList();
    }
  }

  /// Makes a file older than any build.
  static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  static void fakeJdk(Path folder, String version) throws IOException {
    write(folder.resolve("release"), "IMPLEMENTOR=\"T\"\nJAVA_VERSION=\"" + version + "\"\n");
    program(folder.resolve("bin/java"), RECORDING_JAVA);
    program(folder.resolve("bin/javac"), "#!/bin/bash\n");
  }

  private Path mavenCallsFile() {
    return scratch.resolve("maven-calls");
  }

  private static void program(Path file, String text) throws IOException {
    write(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
