package io.quintet.node.repair;

import io.quintet.dht.id.Key;

/// A node that has, or had, a replica.
///
/// @param place what it shares with nodes that may fail together, such as its host or zone
/// @param sinceMillis when it came into its state
public record Holder(Key node, String place, State state, long sinceMillis) {
  /// What is known about the replica.
  public enum State {
    /// The node is there and is believed to have it.
    PRESENT,
    /// The node does not answer; it may come back.
    SILENT,
    /// The node has left for good, or is about to.
    LEFT,
    /// The node is there and was asked: it has not got the right bytes.
    WITHOUT
  }
}
