package io.quintet.dht.order;

import io.quintet.dht.id.Key;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// The order in which everybody ranks nodes for one chunk: by SHA-256 of a label, the chunk and the
/// node (rendezvous hashing, Thaler and Ravishankar 1996). Nobody can choose a chunk or a node id
/// that is first everywhere, and all agree without talking.
public final class HashOrder {
  private static final byte[] LABEL = "quintet/order/v1".getBytes(StandardCharsets.US_ASCII);

  private HashOrder() {}

  /// Where `node` stands for `chunk`: smaller is earlier.
  public static Key place(Key chunk, Key node) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(LABEL);
      digest.update(chunk.toBytes());
      digest.update(node.toBytes());
      return Key.fromBytes(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// `items` in the order of their nodes for `chunk`.
  public static <T> List<T> sorted(Key chunk, Collection<T> items, Function<T, Key> node) {
    record Placed<T>(Key place, T item) {}
    List<Placed<T>> placed = new ArrayList<>(items.size());
    for (T item : items) {
      placed.add(new Placed<>(place(chunk, node.apply(item)), item));
    }
    placed.sort(Comparator.comparing(Placed::place));
    return placed.stream().map(Placed::item).toList();
  }
}
