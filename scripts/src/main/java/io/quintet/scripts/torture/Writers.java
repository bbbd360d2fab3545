package io.quintet.scripts.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Threads that put chunks into one node, and delete some, as fast as it takes them, until they are
/// stopped or the node stops answering.
final class Writers {
  private static final int DELETE_EVERY = 6;

  /// One chunk of so many wants five copies, so that its node repairs beside; the others one.
  private static final int REPAIRED_EVERY = 8;

  private static final int DELETED = 204;
  private static final int KEPT = 400;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  private long pauseNanos;

  private Writers() {}

  /// @param sizeMax of one chunk
  static Writers start(String url, Acknowledged into, Random random, int count, int sizeMax) {
    Writers writers = new Writers();
    for (int i = 0; i < count; i++) {
      Random own = new Random(random.nextLong());
      writers.threads.add(
          Thread.ofPlatform().daemon().start(() -> writers.write(url, into, own, sizeMax)));
    }
    return writers;
  }

  /// One thread that waits a little after each call, and keeps the number of chunks in bounds by
  /// deleting as many as it puts.
  static Writers startGently(
      String url, Acknowledged into, Random random, int pauseMillis, int sizeMax) {
    Writers writers = new Writers();
    writers.pauseNanos = pauseMillis * 1_000_000L;
    writers.threads.add(
        Thread.ofPlatform().daemon().start(() -> writers.write(url, into, random, sizeMax)));
    return writers;
  }

  private void write(String url, Acknowledged into, Random random, int sizeMax) {
    while (!stopped.get()) {
      Blob blob = Blob.draw(random, sizeMax);
      if (random.nextInt(REPAIRED_EVERY) != 0) {
        blob = new Blob(blob.seed(), blob.size(), 1);
      }
      int status = ChunkCalls.put(url, blob.bytes());
      switch (status) {
        case 200, 201 -> into.add(blob);
        case ChunkCalls.NO_ANSWER -> {
          return;
        }
        default -> refused.incrementAndGet();
      }
      if (random.nextInt(into.count() > KEPT ? 1 : DELETE_EVERY) == 0) {
        delete(url, into, random);
      }
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private static void delete(String url, Acknowledged into, Random random) {
    Blob blob = into.beginDeletion(random);
    if (blob != null && ChunkCalls.delete(url, blob) == DELETED) {
      into.deleted(blob);
    }
  }

  /// Ends them.
  ///
  /// @return how many puts were refused
  int stop() throws InterruptedException {
    stopped.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return refused.get();
  }
}
