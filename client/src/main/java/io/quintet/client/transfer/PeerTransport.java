package io.quintet.client.transfer;

import io.quintet.client.network.Waiting;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.manifest.blob.Blob;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// The transport over HTTP.
public final class PeerTransport implements ChunkTransport {
  // Far above the limits of the calls themselves: only a call that never completes meets it.
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final PeerClient peers;

  /// @param peers stays open
  public PeerTransport(PeerClient peers) {
    this.peers = peers;
  }

  @Override
  public void put(Contact node, Key id, byte[] blob, boolean uncached) throws InterruptedException {
    PeerClient.PutOutcome outcome = await(node, peers.putChunk(node, id, blob, uncached));
    assert outcome == PeerClient.PutOutcome.STORED || outcome == PeerClient.PutOutcome.PRESENT;
  }

  @Override
  public byte[] get(Contact node, Key id) throws InterruptedException {
    return await(node, peers.getChunk(node, id, Blob.BYTES_MAX));
  }

  @Override
  public boolean has(Contact node, Key id) throws InterruptedException {
    return await(node, peers.hasChunk(node, id));
  }

  private static <T> T await(Contact node, Future<T> call) throws InterruptedException {
    try {
      return Waiting.forValue(call, LIMIT);
    } catch (TimeoutException e) {
      throw new PeerException(
          node, PeerException.Kind.RETRYABLE, 0, node.url() + " did not answer in time");
    }
  }
}
