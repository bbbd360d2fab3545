package io.quintet.scripts.bench;

import java.io.IOException;

/// One part of the benchmark, which can be run alone.
enum Part {
  /// What the machine can do.
  LIMITS,
  /// The client's pipeline without a network.
  CODEC,
  /// From the shell's prompt and back, for small things.
  START,
  /// A large file to durable replicas.
  PUT,
  /// The same and back.
  GET,
  /// One node that takes chunks as fast as it can.
  INTAKE,
  /// The heaps of client and node under load.
  MEMORY,
  /// Four of five holders are lost.
  REPAIR,
  /// Whether a cluster that has just started finds everything.
  FRESH;

  void run(Setting setting) throws IOException, InterruptedException {
    switch (this) {
      case LIMITS -> LimitsPart.run(setting);
      case CODEC -> CodecPart.run(setting);
      case START -> StartPart.run(setting);
      case PUT -> TransferPart.run(setting, false);
      case GET -> TransferPart.run(setting, true);
      case INTAKE -> IntakePart.run(setting);
      case MEMORY -> MemoryPart.run(setting);
      case REPAIR -> RepairPart.run(setting);
      case FRESH -> FreshPart.run(setting);
    }
  }
}
