package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    Map<Contact, Future<?>> running = new LinkedHashMap<>();
    List<Contact> late = new ArrayList<>();
    Iterator<Contact> rest = holders.iterator();
    try {
      while (!running.isEmpty() || rest.hasNext()) {
        boolean mayAsk = rest.hasNext() && running.size() < PARALLEL_MAX;
        Answer answer = running.isEmpty() ? null : next(answers, mayAsk);
        switch (answer) {
          case null -> {
            late.addAll(running.keySet());
            Contact next = rest.next();
            running.put(next, ask(next, id, answers));
          }
          case Answer.Bytes(Contact node, byte[] blob) -> {
            running.remove(node);
            late.stream().filter(running::containsKey).forEach(health::late);
            return blob;
          }
          case Answer.Failed(Contact node, PeerException why) -> {
            running.remove(node);
            failed.add(why);
          }
        }
      }
      return null;
    } finally {
      running.values().forEach(call -> call.cancel(true));
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
    health.begins(node);
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
      return new Answer.Bytes(node, blob);
    } catch (PeerException e) {
      if (e.kind() != PeerException.Kind.ABSENT) {
        health.failed(node, e);
      }
      return new Answer.Failed(node, e);
    } catch (RuntimeException e) {
      // The asking thread waits for an answer of every call, whatever happens.
      String problem = node.url() + ": " + e.getClass().getSimpleName();
      return new Answer.Failed(
          node, new PeerException(node, PeerException.Kind.PERMANENT, 0, problem));
    }
  }

  private sealed interface Answer {
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Bytes(Contact node, byte[] blob) implements Answer {}

    record Failed(Contact node, PeerException why) implements Answer {}
  }
}
