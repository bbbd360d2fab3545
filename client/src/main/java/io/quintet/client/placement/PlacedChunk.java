package io.quintet.client.placement;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.dht.id.Contact;
import java.util.List;

/// A blob and the nodes to store it on, best first: the first ones now, the others where one of
/// those fails.
public record PlacedChunk(EncodedBlob blob, List<Contact> targets) {
  /// Keeps its own copy of the list.
  public PlacedChunk {
    targets = List.copyOf(targets);
  }
}
