package io.quintet.client.placement;

import io.quintet.dht.id.Contact;

/// A node that could take a chunk.
///
/// @param labels what its operator says about its place, in one fixed spelling; empty when unknown
/// @param freeBytes room by its own account; [#UNKNOWN_FREE_BYTES] when it did not say
public record Candidate(Contact node, String labels, long freeBytes) {
  /// The free space of a node that did not say: enough until it answers otherwise.
  public static final long UNKNOWN_FREE_BYTES = Long.MAX_VALUE;

  /// A node of which only the address is known.
  public static Candidate unknown(Contact node) {
    return new Candidate(node, "", UNKNOWN_FREE_BYTES);
  }
}
