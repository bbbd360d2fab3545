package io.quintet.client.cli;

import io.quintet.client.StateDirectory;
import io.quintet.client.progress.Terminal;
import java.nio.file.Path;
import java.util.function.Supplier;

/// The surroundings of one run of the command line.
///
/// @param terminal what standard error is
/// @param stateDirectory where details of unexpected errors are kept
/// @param backend makes the backend, when a command needs it and not before
public record CliContext(
    Terminal terminal, Path stateDirectory, Supplier<Backend> backend, Interruption interruption) {
  /// The surroundings of this process, with the backend that talks to the network.
  public static CliContext ofThisProcess() {
    return new CliContext(
        Terminal.ofStandardError(), StateDirectory.path(), LiveBackend::new, new Interruption());
  }
}
