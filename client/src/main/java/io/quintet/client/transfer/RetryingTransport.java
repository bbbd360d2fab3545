package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import java.time.Duration;
import java.util.List;

/// Puts again, on the same node, what may succeed later: a busy node, a lost connection; but not
/// where the failure itself took long, as at a node that hangs. Reading is not retried here,
/// because another holder can answer instead.
public final class RetryingTransport implements ChunkTransport {
  // One pause before each further attempt. Short: another node is waiting to take the chunk.
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(100), Duration.ofMillis(400));
  private static final long LONG_NANOS = Duration.ofSeconds(5).toNanos();

  private final ChunkTransport transport;
  private final Pause pause;

  /// @param pause how to wait between attempts
  public RetryingTransport(ChunkTransport transport, Pause pause) {
    this.transport = transport;
    this.pause = pause;
  }

  @Override
  public void put(Contact node, Key id, byte[] blob, boolean uncached) throws InterruptedException {
    for (Duration time : PAUSES) {
      long begin = System.nanoTime();
      try {
        transport.put(node, id, blob, uncached);
        return;
      } catch (PeerException e) {
        boolean tookLong = System.nanoTime() - begin > LONG_NANOS;
        if (e.kind() != PeerException.Kind.RETRYABLE || tookLong) {
          throw e;
        }
        pause.pause(time);
      }
    }
    transport.put(node, id, blob, uncached);
  }

  @Override
  public byte[] get(Contact node, Key id) throws InterruptedException {
    return transport.get(node, id);
  }

  @Override
  public boolean has(Contact node, Key id) throws InterruptedException {
    return transport.has(node, id);
  }
}
