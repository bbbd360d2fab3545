package io.quintet.scripts.torture;

import java.util.Optional;

/// One way to hurt nodes.
interface Scenario {
  /// One lower-case word or two, as in `--scenario power-cut`.
  String name();

  /// What is done and what must hold, in one sentence.
  String what();

  /// How long it goes on in a whole run.
  default Length whole() {
    return Length.OF_A_MINUTE;
  }

  /// Why it cannot run on this machine; empty when it can.
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /// Runs rounds while [Trial#more] allows; at least one.
  ///
  /// @throws BrokenPromiseException when a node did not keep what it promised
  /// @throws Exception when the scenario itself could not be run
  void run(Trial trial) throws Exception;
}
