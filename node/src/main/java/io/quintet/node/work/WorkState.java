package io.quintet.node.work;

import java.util.Map;

/// What a worker is about, as others see it.
///
/// @param name the worker's
/// @param phase what its last step came to
/// @param steps how many steps it did since the node started
/// @param failures how many of them failed
/// @param figures the worker's own figures
public record WorkState(
    String name, Phase phase, long steps, long failures, Map<String, Number> figures) {
  /// What the last step came to.
  public enum Phase {
    /// It waits for its first step.
    STARTING,
    /// It works.
    BUSY,
    /// It waits for its budget.
    THROTTLED,
    /// There is nothing to do.
    IDLE,
    /// Its last step failed and is tried again.
    FAILING,
    /// It has finished, or was stopped.
    DONE
  }
}
