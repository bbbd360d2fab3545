package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Starts further Quintet processes the way this one was started.
///
/// @param script the launcher
/// @param lib the folder of jars that this process runs from, which the new one shall use as it is
///   instead of looking for changed sources; null to let it look
public record Launcher(Path script, @Nullable Path lib) {
  /// System property: the launcher's path, set by the launcher itself.
  public static final String PROPERTY = "quintet.launcher";

  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /// The launcher of this process.
  ///
  /// @throws UserException when this process was started without one
  public static Launcher ofThisProcess() {
    String script = System.getProperty(PROPERTY);
    if (script == null) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot start node processes: the launcher is unknown",
          "start this through scripts/quintet");
    }
    return new Launcher(Path.of(script), lib(System.getProperty("java.class.path", "")));
  }

  /// How to write it in a command for people: short when it is below the working directory.
  public String shown() {
    Path here = Path.of("").toAbsolutePath();
    return script.startsWith(here) ? here.relativize(script).toString() : script.toString();
  }

  private static @Nullable Path lib(String classPath) {
    Path first = Path.of(classPath.split(File.pathSeparator, 2)[0]);
    return first.toString().endsWith(".jar") ? first.toAbsolutePath().getParent() : null;
  }

  /// Starts a process that lives on when this one ends: in a session of its own, so that neither
  /// Ctrl-C nor a closing terminal reaches it, and with no pipe to this process.
  ///
  /// @param log takes what it prints, at its end
  Process startDetached(List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(script.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Path jars = lib;
    if (jars != null) {
      builder.environment().put("QUINTET_LIB", jars.toString());
    }
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }
}
