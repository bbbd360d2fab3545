package io.quintet.client.transfer;

import io.quintet.client.network.Waiting;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerException;
import io.quintet.manifest.ChunkTable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Who holds the chunks of a manifest: asks the DHT for hundreds of chunks at a time, one such
/// batch ahead of the reader, and for the first few alone, so that reading begins soon; and UDP,
/// the fallback, once per batch for all chunks of it that the DHT knows nothing of. Thread-safe;
/// keeps the last few batches.
final class HolderIndex {
  private static final int FIRST_CHUNKS = 16;
  private static final int BATCH_CHUNKS = 512;
  private static final int BATCHES_KEPT = 4;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Dht dht;
  private final ChunkTable chunks;
  private final Map<Integer, Batch> batches = new LinkedHashMap<>();

  HolderIndex(Dht dht, ChunkTable chunks) {
    this.dht = dht;
    this.chunks = chunks;
  }

  /// Holders of chunk `index` by the DHT's provider records, maybe none: those that nodes named
  /// which answer as usual.
  List<Contact> providers(int index) throws InterruptedException {
    int number = number(index);
    Batch batch = batch(number);
    if (first(number + 1) < chunks.size()) {
      Batch ahead = batch(number + 1);
      assert ahead != batch;
    }
    return await(batch.providers).getOrDefault(key(index), List.of());
  }

  /// All holders of chunk `index` by the DHT's provider records: waits for nodes that are late,
  /// too.
  List<Contact> allProviders(int index) throws InterruptedException {
    Batch batch = batch(number(index));
    return await(batch.allProviders()).getOrDefault(key(index), List.of());
  }

  /// The nodes that answered a UDP query for chunk `index`.
  List<Contact> claimants(int index) throws InterruptedException {
    Batch batch = batch(number(index));
    Key key = key(index);
    Set<Key> unknown = new LinkedHashSet<>(batch.keys);
    await(batch.providers)
        .forEach((known, holders) -> {
          if (!holders.isEmpty()) {
            unknown.remove(known);
          }
        });
    Future<Map<Key, List<Contact>>> query =
        unknown.contains(key) ? batch.query(unknown) : dht.queryChunks(List.of(key));
    return await(query).getOrDefault(key, List.of());
  }

  private synchronized Batch batch(int number) {
    Batch batch = batches.get(number);
    if (batch == null) {
      batch = new Batch(keys(first(number), first(number + 1)));
      batches.put(number, batch);
      while (batches.size() > BATCHES_KEPT) {
        batches.remove(batches.keySet().iterator().next());
      }
    }
    return batch;
  }

  private static int number(int index) {
    return index < FIRST_CHUNKS ? 0 : 1 + (index - FIRST_CHUNKS) / BATCH_CHUNKS;
  }

  private static int first(int number) {
    return number == 0 ? 0 : FIRST_CHUNKS + (number - 1) * BATCH_CHUNKS;
  }

  private Set<Key> keys(int first, int end) {
    Set<Key> keys = new LinkedHashSet<>();
    for (int i = first; i < Math.min(chunks.size(), end); i++) {
      keys.add(key(i));
    }
    return keys;
  }

  private Key key(int index) {
    return Key.fromBytes(chunks.id(index).toBytes());
  }

  /// What was found; nothing when it failed or takes too long, because there are other ways.
  private static Map<Key, List<Contact>> await(Future<Map<Key, List<Contact>>> lookup)
      throws InterruptedException {
    try {
      return Waiting.forValue(lookup, LIMIT);
    } catch (TimeoutException | PeerException e) {
      return Map.of();
    }
  }

  private final class Batch {
    private final Set<Key> keys;
    private final Future<Map<Key, List<Contact>>> providers;
    private @Nullable Future<Map<Key, List<Contact>>> all;
    private @Nullable Future<Map<Key, List<Contact>>> query;

    Batch(Set<Key> keys) {
      this.keys = keys;
      this.providers = dht.someProviders(keys);
    }

    synchronized Future<Map<Key, List<Contact>>> allProviders() {
      if (all == null) {
        all = dht.providers(keys);
      }
      return all;
    }

    synchronized Future<Map<Key, List<Contact>>> query(Set<Key> unknown) {
      if (query == null) {
        query = dht.queryChunks(unknown);
      }
      return query;
    }
  }
}
