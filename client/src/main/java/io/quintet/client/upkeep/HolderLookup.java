package io.quintet.client.upkeep;

import io.quintet.client.network.Waiting;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// Who is said to hold chunks: by the provider records, and by a question over UDP for those that
/// have too few there.
final class HolderLookup {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Dht dht;

  HolderLookup(Dht dht) {
    this.dht = dht;
  }

  /// The holders of each of `chunks`, each node once.
  ///
  /// @param enough with fewer holders by the records, UDP is asked as well
  Map<Key, List<Contact>> of(List<Key> chunks, int enough) throws InterruptedException {
    Map<Key, Map<Key, Contact>> found = new LinkedHashMap<>();
    chunks.forEach(chunk -> found.put(chunk, new LinkedHashMap<>()));
    add(found, await(dht.providers(chunks)));
    Set<Key> few = new LinkedHashSet<>();
    found.forEach((chunk, holders) -> {
      if (holders.size() < enough) {
        few.add(chunk);
      }
    });
    if (!few.isEmpty()) {
      add(found, await(dht.queryChunks(few)));
    }
    Map<Key, List<Contact>> holders = new LinkedHashMap<>();
    found.forEach((chunk, nodes) -> holders.put(chunk, new ArrayList<>(nodes.values())));
    return holders;
  }

  private static void add(Map<Key, Map<Key, Contact>> found, Map<Key, List<Contact>> answer) {
    answer.forEach((chunk, nodes) -> {
      Map<Key, Contact> known = found.get(chunk);
      if (known != null) {
        nodes.forEach(node -> known.putIfAbsent(node.id(), node));
      }
    });
  }

  /// Nothing when it failed or takes too long, because there are other ways.
  private static Map<Key, List<Contact>> await(Future<Map<Key, List<Contact>>> lookup)
      throws InterruptedException {
    try {
      return Waiting.forValue(lookup, LIMIT);
    } catch (TimeoutException | PeerException e) {
      return Map.of();
    }
  }
}
