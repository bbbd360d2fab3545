package io.quintet.scripts.bench.fresh;

import io.quintet.client.network.ClientNetwork;
import io.quintet.client.network.Network;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.network.Waiting;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// A client that asks who has which chunk, and nothing else. Owned by one thread.
public final class RecordLookups implements AutoCloseable {
  private final Network network;

  private RecordLookups(Network network) {
    this.network = network;
  }

  /// Finds one node of the network; the lookups find the others.
  ///
  /// @param state an empty place for what clients remember
  /// @throws io.quintet.client.UserException when there is no node
  public static RecordLookups open(NetworkOptions options, Path state) {
    Network network = ClientNetwork.open(options, state);
    try {
      network.discover(1, 1);
      return new RecordLookups(network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /// The ids of the nodes that the records name for each chunk, asked for as a download does;
  /// chunks without are left out, and so is everything that is not known within `limit`.
  public Map<String, List<String>> holders(List<String> chunks, Duration limit)
      throws InterruptedException {
    List<Key> keys = chunks.stream().map(Key::fromHex).toList();
    Map<String, List<String>> holders = new LinkedHashMap<>();
    try {
      Map<Key, List<Contact>> found = Waiting.forValue(network.dht().someProviders(keys), limit);
      found.forEach((key, nodes) ->
          holders.put(key.toString(), nodes.stream().map(node -> node.id().toString()).toList()));
      return holders;
    } catch (TimeoutException e) {
      return Map.of();
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
