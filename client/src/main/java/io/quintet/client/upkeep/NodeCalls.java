package io.quintet.client.upkeep;

import io.quintet.client.network.Waiting;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.manifest.blob.Blob;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Blocking calls to nodes, repeated while a node only says that it is busy. Thread-safe.
final class NodeCalls {
  // Above the limits of the calls themselves: only a call that never completes meets it.
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BUSY = 503;
  private static final int TRIES_WHEN_BUSY = 40;
  private static final long PAUSE_MILLIS_MIN = 50;
  private static final long PAUSE_MILLIS_MAX = 500;

  /// A node that was silent so often in a row is not asked again: it would cost its time limit for
  /// every chunk.
  private static final int SILENCES_MAX = 3;

  private final Map<Contact, Integer> silent = new ConcurrentHashMap<>();
  private final PeerClient peers;
  private final Key verifier;

  NodeCalls(PeerClient peers) {
    this.peers = peers;
    byte[] random = new byte[Key.BYTES];
    new SecureRandom().nextBytes(random);
    this.verifier = Key.fromBytes(random);
  }

  /// Who asks, in proofs.
  Key verifier() {
    return verifier;
  }

  /// @throws PeerException when the node does not prove it
  byte[] prove(Contact node, Key id, byte[] nonce, boolean recheck) throws InterruptedException {
    PeerClient.ProofQuestion question = new PeerClient.ProofQuestion(nonce, verifier, recheck);
    return call(node, () -> peers.proveChunk(node, id, question));
  }

  /// The bytes that the node sends, unchecked.
  ///
  /// @throws PeerException when it does not
  byte[] get(Contact node, Key id) throws InterruptedException {
    return call(node, () -> peers.getChunk(node, id, Blob.BYTES_MAX));
  }

  /// Whether the node stored it now, rather than before.
  ///
  /// @throws PeerException when it did not take it
  boolean put(Contact node, Key id, byte[] blob) throws InterruptedException {
    return call(node, () -> peers.putChunk(node, id, blob, false)) == PeerClient.PutOutcome.STORED;
  }

  private <T> T call(Contact node, Supplier<Future<T>> call) throws InterruptedException {
    int silences = silent.getOrDefault(node, 0);
    if (silences >= SILENCES_MAX) {
      throw new PeerException(
          node, PeerException.Kind.RETRYABLE, 0, node.url() + " did not answer before");
    }
    try {
      T answer = patient(node, call);
      silent.remove(node);
      return answer;
    } catch (PeerException e) {
      if (e.status() == 0) {
        silent.merge(node, 1, Integer::sum);
      } else {
        silent.remove(node);
      }
      throw e;
    }
  }

  private static <T> T patient(Contact node, Supplier<Future<T>> call) throws InterruptedException {
    long pause = PAUSE_MILLIS_MIN;
    for (int left = TRIES_WHEN_BUSY; ; left--) {
      try {
        return Waiting.forValue(call.get(), LIMIT);
      } catch (PeerException e) {
        if (e.status() != BUSY || left <= 1) {
          throw e;
        }
      } catch (TimeoutException e) {
        throw new PeerException(
            node, PeerException.Kind.RETRYABLE, 0, node.url() + " did not answer in time");
      }
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(PAUSE_MILLIS_MAX, 2 * pause);
    }
  }
}
