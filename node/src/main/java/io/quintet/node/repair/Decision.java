package io.quintet.node.repair;

import io.quintet.dht.id.Key;
import java.util.List;

/// What a holder does about a chunk now.
public sealed interface Decision {
  /// How many replicas were counted.
  int replicas();

  /// Nothing: there are enough.
  record Healthy(int replicas) implements Decision {}

  /// Nothing yet.
  ///
  /// @param untilMillis when to look again
  record Wait(int replicas, long untilMillis, Reason reason) implements Decision {}

  /// Why one waits.
  enum Reason {
    /// Who is silent may come back.
    GRACE,
    /// Other holders come first.
    TURN,
    /// The last attempt failed.
    BACK_OFF,
    /// So many nodes vanished together that the network itself may be broken.
    BRAKE,
    /// No node that lacks the chunk has room.
    NO_TARGET
  }

  /// Copy the chunk to each of `targets`, in this order.
  record Copy(int replicas, List<Key> targets) implements Decision {
    /// Keeps its own copy.
    public Copy {
      targets = List.copyOf(targets);
    }
  }

  /// Remove this node's own replica, if each of `witnesses` proves possession first.
  record Trim(int replicas, List<Key> witnesses) implements Decision {
    /// Keeps its own copy.
    public Trim {
      witnesses = List.copyOf(witnesses);
    }
  }
}
