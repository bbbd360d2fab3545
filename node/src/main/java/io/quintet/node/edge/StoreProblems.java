package io.quintet.node.edge;

import io.quintet.node.store.StoreException;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the store refuses, as problems.
final class StoreProblems {
  private static final Logger LOG = LoggerFactory.getLogger(StoreProblems.class);

  private StoreProblems() {}

  /// Answers `request` with the problem that `cause` means.
  static void answer(HttpServerRequest request, Throwable cause) {
    if (!(cause instanceof StoreException refused)) {
      LOG.debug("an upload or download ended early", cause);
      Problem.internal().answer(request);
      return;
    }
    of(refused).answer(request);
  }

  private static Problem of(StoreException refused) {
    String said = String.valueOf(refused.getMessage());
    return switch (refused.kind()) {
      case NO_ROOM -> new Problem(507, "no-room", "no room", said, "another node with room");
      case VOLUME_BAD -> new Problem(507, "volume-bad", "the volume is bad", said, "another node");
      case LEAVING -> new Problem(507, "leaving", "the node is leaving", said, "another node");
      case DELETED ->
          new Problem(
                  409,
                  "deleted",
                  "the owner of this chunk deleted it",
                  said,
                  "another chunk: this one is never stored again")
              .with(refused.tombstone());
      case HASH_DIFFERS ->
          new Problem(
              422,
              "hash-differs",
              "the bytes are not those of the id",
              said,
              "bytes whose SHA-256 is the id in the path");
      case SIZE_DIFFERS -> Problem.badRequest("length", "wrong length", said, "Content-Length");
      case FAILED -> {
        LOG.warn("a chunk could not be stored or read", refused);
        yield new Problem(500, "disk", "the disk failed", said, "another node");
      }
    };
  }
}
