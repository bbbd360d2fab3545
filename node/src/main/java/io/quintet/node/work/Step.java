package io.quintet.node.work;

import java.time.Duration;

/// What one step of a [Worker] came to.
public sealed interface Step {
  /// There is more to do at once.
  record Busy() implements Step {}

  /// There is more to do, but the worker's budget allows it only after `pause`.
  record Throttled(Duration pause) implements Step {}

  /// There is nothing to do now; look again after `pause`, or when [WorkRunner#wake] says so.
  record Idle(Duration pause) implements Step {}

  /// The worker has finished for good.
  record Done() implements Step {}

  /// See [Busy].
  static Step busy() {
    return new Busy();
  }

  /// See [Throttled].
  static Step throttled(Duration pause) {
    return new Throttled(pause);
  }

  /// See [Idle].
  static Step idle(Duration pause) {
    return new Idle(pause);
  }

  /// See [Done].
  static Step done() {
    return new Done();
  }
}
