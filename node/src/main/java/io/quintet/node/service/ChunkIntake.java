package io.quintet.node.service;

import io.quintet.dht.id.Key;
import io.quintet.node.store.ChunkWriter;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// One chunk that is being taken in, a batch of bytes at a time. The caller waits for each call
/// before it makes the next one; the worker threads hash and write.
public final class ChunkIntake {
  private final Key id;
  private final ChunkWriter writer;
  private final Workers workers;
  private final Announcer announcer;
  private final Runnable ended;
  private final AtomicBoolean over = new AtomicBoolean();

  /// @param ended called once, when nothing more can come of this upload
  ChunkIntake(Key id, ChunkWriter writer, Workers workers, Announcer announcer, Runnable ended) {
    this.ended = ended;
    this.id = id;
    this.writer = writer;
    this.workers = workers;
    this.announcer = announcer;
  }

  /// Hashes and writes `batch`.
  ///
  /// @return fails with a [io.quintet.node.store.StoreException]
  public Future<Void> write(List<ByteBuffer> batch) {
    return workers.run(() -> writer.write(batch));
  }

  /// Writes the last bytes, makes the chunk durable and announces it.
  ///
  /// @return fails with a [io.quintet.node.store.StoreException]
  public Future<ChunkWriter.Outcome> finish(List<ByteBuffer> lastBatch) {
    return workers.call(() -> {
      try (writer) {
        writer.write(lastBatch);
        ChunkWriter.Outcome outcome = writer.commit();
        announcer.provide(List.of(id));
        return outcome;
      } finally {
        end();
      }
    });
  }

  /// Gives up and removes what was written.
  public Future<Void> abort() {
    return workers.run(() -> {
      try {
        writer.close();
      } finally {
        end();
      }
    });
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      ended.run();
    }
  }
}
