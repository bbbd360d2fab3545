package io.quintet.node.edge;

import io.quintet.node.service.ChunkIntake;
import io.quintet.node.store.ChunkWriter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the body of one PUT into a chunk's intake, a batch at a time: while the workers hash and
/// write one batch, the event loop collects the next, and then it stops reading. So one upload
/// holds about two batches of memory, whatever the disk does. Owned by the request's event loop.
final class BodyPump {
  /// Large enough that handing over to a worker is cheap beside hashing the batch.
  private static final int BATCH_BYTES = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(BodyPump.class);

  private final HttpServerRequest request;
  private final ChunkIntake intake;
  private final Promise<ChunkWriter.Outcome> result = Promise.promise();
  private List<ByteBuffer> filling = new ArrayList<>();
  private int fillingBytes;
  private boolean writing;
  private boolean ended;
  private boolean done;

  private BodyPump(HttpServerRequest request, ChunkIntake intake) {
    this.request = request;
    this.intake = intake;
  }

  /// Takes in the whole body of `request`, which is paused.
  ///
  /// @return fails with a [io.quintet.node.store.StoreException], or with the error of the
  ///   connection; the intake is finished or aborted then
  static Future<ChunkWriter.Outcome> run(HttpServerRequest request, ChunkIntake intake) {
    BodyPump pump = new BodyPump(request, intake);
    request.exceptionHandler(pump::fail);
    Runnable forget =
        Disconnect.watch(request.connection(), () -> pump.fail(new ClosedChannelException()));
    request.handler(pump::take);
    request.endHandler(end -> {
      pump.ended = true;
      pump.next();
    });
    request.resume();
    return pump.result.future().onComplete(end -> forget.run());
  }

  private void take(Buffer bytes) {
    if (done) {
      return;
    }
    filling.add(((BufferInternal) bytes).getByteBuf().nioBuffer());
    fillingBytes += bytes.length();
    if (fillingBytes >= BATCH_BYTES) {
      if (writing) {
        request.pause();
      } else {
        next();
      }
    }
  }

  private void next() {
    if (writing || done || !(ended || fillingBytes >= BATCH_BYTES)) {
      return;
    }
    writing = true;
    List<ByteBuffer> batch = filling;
    filling = new ArrayList<>();
    fillingBytes = 0;
    if (ended) {
      done = true;
      intake.finish(batch).onComplete(result);
      return;
    }
    intake.write(batch).onSuccess(this::written).onFailure(this::writeFailed);
  }

  private void written(Void nothing) {
    writing = false;
    if (done) {
      abort();
      return;
    }
    request.resume();
    next();
  }

  private void writeFailed(Throwable cause) {
    writing = false;
    if (done) {
      abort();
    } else {
      fail(cause);
    }
  }

  /// The connection broke, or the store refused: what was written is dropped, once the worker is
  /// done with it.
  private void fail(Throwable cause) {
    if (done) {
      return;
    }
    done = true;
    filling = new ArrayList<>();
    if (!writing) {
      abort();
    }
    result.fail(cause);
  }

  private void abort() {
    Future<Void> aborted = intake.abort();
    aborted.onFailure(e -> LOG.warn("an abandoned upload was not removed", e));
  }
}
