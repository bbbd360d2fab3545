package io.quintet.scripts.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Threads that put chunks into one node, and delete some, as fast as it takes them, until they are
/// stopped or the node stops answering.
final class Writers {
  private static final int DELETE_EVERY = 6;
  private static final int DELETED = 204;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

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

  private void write(String url, Acknowledged into, Random random, int sizeMax) {
    while (!stopped.get()) {
      Blob blob = Blob.draw(random, sizeMax);
      int status = ChunkCalls.put(url, blob.bytes());
      switch (status) {
        case 200, 201 -> into.add(blob);
        case ChunkCalls.NO_ANSWER -> {
          return;
        }
        default -> refused.incrementAndGet();
      }
      if (random.nextInt(DELETE_EVERY) == 0) {
        delete(url, into, random);
      }
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
