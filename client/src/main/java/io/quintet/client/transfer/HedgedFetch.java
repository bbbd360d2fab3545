package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks holders of a chunk one after the other, and the next one as well when one is slow; the
/// first good bytes win.
final class HedgedFetch {
  // A chunk is asked for at most so many times at once.
  private static final int PARALLEL_MAX = 3;

  private final ChunkTransport transport;
  private final NodeHealth health;
  private final ExecutorService threads;
  private final Latencies latencies = new Latencies();

  /// @param transport verifies what it gets
  HedgedFetch(ChunkTransport transport, NodeHealth health, ExecutorService threads) {
    this.transport = transport;
    this.health = health;
    this.threads = threads;
  }

  /// The chunk's bytes, or null when no holder gave them.
  ///
  /// @param holders in the order to ask
  /// @param failed takes each holder that failed
  byte @Nullable [] fetch(Key id, List<Contact> holders, List<PeerException> failed)
      throws InterruptedException {
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    List<Future<?>> calls = new ArrayList<>();
    Iterator<Contact> rest = holders.iterator();
    int running = 0;
    try {
      while (running > 0 || rest.hasNext()) {
        boolean mayAsk = rest.hasNext() && running < PARALLEL_MAX;
        Answer answer = running == 0 ? null : next(answers, mayAsk);
        switch (answer) {
          case null -> {
            calls.add(ask(rest.next(), id, answers));
            running++;
          }
          case Answer.Bytes bytes -> {
            return bytes.blob();
          }
          case Answer.Failed failure -> {
            running--;
            failed.add(failure.why());
          }
        }
      }
      return null;
    } finally {
      calls.forEach(call -> call.cancel(true));
    }
  }

  /// The next answer; null when it is time to ask one more.
  private @Nullable Answer next(BlockingQueue<Answer> answers, boolean mayAsk)
      throws InterruptedException {
    return mayAsk
        ? answers.poll(latencies.hedgeDelay().toNanos(), TimeUnit.NANOSECONDS)
        : answers.take();
  }

  private Future<?> ask(Contact node, Key id, BlockingQueue<Answer> answers) {
    return threads.submit(() -> {
      answers.add(answer(node, id));
      return null;
    });
  }

  private Answer answer(Contact node, Key id) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      byte[] blob = transport.get(node, id);
      latencies.took(System.nanoTime() - begin);
      health.worked(node);
      return new Answer.Bytes(blob);
    } catch (PeerException e) {
      if (e.kind() != PeerException.Kind.ABSENT) {
        health.failed(node, e);
      }
      return new Answer.Failed(e);
    } catch (RuntimeException e) {
      // The asking thread waits for an answer of every call, whatever happens.
      String problem = node.url() + ": " + e.getClass().getSimpleName();
      return new Answer.Failed(new PeerException(node, PeerException.Kind.PERMANENT, 0, problem));
    }
  }

  private sealed interface Answer {
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Bytes(byte[] blob) implements Answer {}

    record Failed(PeerException why) implements Answer {}
  }
}
