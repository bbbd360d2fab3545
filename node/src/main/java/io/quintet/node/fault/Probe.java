package io.quintet.node.fault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Does something at failpoints.
@FunctionalInterface
public interface Probe {
  /// System property: `<step>:<action>[:<n>]`, where the n-th pass of a step (default: the first)
  /// acts. Actions: `kill` ends the process as SIGKILL would, `error` fails this pass as a broken
  /// disk would, `delay` holds it for two seconds. Several are separated by commas.
  String PROPERTY = "quintet.failpoint";

  /// Called at each pass of each step, by the thread that makes it.
  ///
  /// @throws IOException to let the step fail
  void hit(Failpoint step) throws IOException;

  /// What [#PROPERTY] asks for, null when it is not set.
  ///
  /// @throws IllegalArgumentException when it is set to something else
  static @Nullable Probe ofThisProcess() {
    String asked = System.getProperty(PROPERTY);
    return asked == null ? null : PlannedFaults.parse(asked);
  }
}
