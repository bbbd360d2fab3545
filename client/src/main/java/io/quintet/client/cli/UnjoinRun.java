package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.progress.Printable;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells a node to leave and watches it until it is gone. The node does the work: when this ends
/// early, it goes on.
final class UnjoinRun {
  private static final long LOOK_AGAIN_MILLIS = 250;
  private static final int SILENCES_UNTIL_GONE = 4;

  private final StatusClient client;
  private final ProgressListener progress;
  private final URI node;

  private long chunks;
  private long bytes;
  private long handedOver;
  private long unplaced;
  private long copies;
  private long copiedBytes;
  private boolean done;

  UnjoinRun(StatusClient client, ProgressListener progress, URI node) {
    this.client = client;
    this.progress = progress;
    this.node = node;
  }

  /// Blocks until the node is gone.
  ///
  /// @throws UserException with `REFUSED` when the node does not leave, and `UNAVAILABLE` when it
  ///   is not there or ended before it was done
  UnjoinResult run(String token, boolean force) throws InterruptedException {
    final long begin = System.nanoTime();
    StatusClient.Answer answer;
    try {
      String body = "{\"force\":" + force + "}";
      answer = client.post(node, "/unjoin", token, body);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "no answer from " + node + ": " + e.getMessage(),
          "check the address; 'quintet nodes' lists the nodes that can be found",
          e);
    }
    if (answer.status() != 202) {
      throw refused(answer);
    }
    chunks = number(answer.fields(), "chunks");
    bytes = number(answer.fields(), "bytes");
    progress.on(new ProgressEvent.Started("unjoin", bytes));
    progress.on(new ProgressEvent.NodesFound((int) number(answer.fields(), "others")));
    watch();
    double seconds = (System.nanoTime() - begin) / 1e9;
    progress.on(new ProgressEvent.Finished(chunks, bytes, seconds));
    return new UnjoinResult(
        node,
        chunks,
        copies,
        copiedBytes,
        number(answer.fields(), "others"),
        Boolean.TRUE.equals(answer.fields().get("degraded")),
        seconds);
  }

  private UserException refused(StatusClient.Answer answer) {
    String said =
        answer.fields().get("detail") instanceof String detail
            ? Printable.of(detail, 400)
            : "HTTP status " + answer.status();
    return switch (answer.status()) {
      case 409 ->
          new UserException(
              ExitCode.REFUSED,
              node + " stays: " + said,
              "start more nodes or give them more room; --force leaves with fewer replicas");
      case 401 ->
          new UserException(
              ExitCode.REFUSED,
              node + " refuses the admin token",
              "name the token of this very node: --data DIR or --token-file FILE");
      case 403 ->
          new UserException(
              ExitCode.REFUSED, node + " refuses: " + said, "run this on the node's own machine");
      default ->
          new UserException(
              ExitCode.UNAVAILABLE, node + " cannot leave now: " + said, "look at the node's log");
    };
  }

  private void watch() throws InterruptedException {
    int silences = 0;
    while (silences < SILENCES_UNTIL_GONE) {
      try {
        look(client.get(node));
        silences = 0;
      } catch (IOException e) {
        silences++;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
    if (!done) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "%s ended after %d of its %d chunks were handed over".formatted(node, handedOver, chunks),
          "start the node again: it goes on leaving by itself");
    }
  }

  private void look(Map<String, @Nullable Object> status) {
    if (!(status.get("work") instanceof Map<?, ?> work)
        || !(work.get("unjoin") instanceof Map<?, ?> unjoin)) {
      return;
    }
    handedOver = number(unjoin, "handedOver");
    copies = number(unjoin, "copied");
    copiedBytes = number(unjoin, "copiedBytes");
    done = "done".equals(unjoin.get("phase"));
    long before = unplaced;
    unplaced = number(unjoin, "unplaced");
    if (unplaced > 0 && before == 0) {
      progress.on(
          new ProgressEvent.Warning(
              "some chunks find no node yet; the node tries again until they do"));
    }
    double part = chunks == 0 ? 1 : Math.min(1, (double) handedOver / chunks);
    progress.on(new ProgressEvent.ChunkDone(handedOver, (long) (bytes * part)));
  }

  private static long number(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
