package io.quintet.node.edge;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.service.ChunkIntake;
import io.quintet.node.service.ChunkService;
import io.quintet.node.service.DeletionService;
import io.quintet.node.store.ChunkContent;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.ChunkWriter;
import io.quintet.node.store.Deletion;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/chunk/{id}` and `/chunks`.
final class ChunkRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkRoutes.class);
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final int PAGE_MAX = 1_000;
  private static final String DELETE_HEADER = "Quintet-Delete";

  private final ChunkService chunks;
  private final DeletionService deletions;
  private final Admission bodies;

  /// @param bodies the PUT bodies in flight, shared by all event loops
  ChunkRoutes(ChunkService chunks, DeletionService deletions, Admission bodies) {
    this.chunks = chunks;
    this.deletions = deletions;
    this.bodies = bodies;
  }

  void put(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    Optional<Key> id = id(routing);
    if (id.isEmpty()) {
      return;
    }
    int size = ContentLength.of(request, ChunkStore.CHUNK_BYTES_MAX);
    if (size < 0) {
      ContentLength.problem(request, ChunkStore.CHUNK_BYTES_MAX).answerAndClose(request);
      return;
    }
    if (!bodies.tryTake(1)) {
      Problem.busy("at most " + bodies.max() + " bodies in flight").answer(request);
      return;
    }
    chunks
        .begin(id.get(), size, isForNoCache(request))
        .compose(intake -> receive(request, intake))
        .onComplete(outcome -> bodies.giveBack(1))
        .onSuccess(outcome -> stored(request.response(), outcome))
        .onFailure(cause -> StoreProblems.answer(request, cause));
  }

  /// The sender's `Cache-Control: no-store` (RFC 9111, section 5.2.1.5).
  private static boolean isForNoCache(HttpServerRequest request) {
    String directives = request.getHeader("Cache-Control");
    return directives != null && directives.toLowerCase(Locale.ROOT).contains("no-store");
  }

  private static Future<ChunkWriter.Outcome> receive(
      HttpServerRequest request, Optional<ChunkIntake> intake) {
    if (intake.isEmpty()) {
      request.handler(bytes -> {});
      request.resume();
      return Future.succeededFuture(ChunkWriter.Outcome.PRESENT);
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    return BodyPump.run(request, intake.get());
  }

  private static void stored(HttpServerResponse response, ChunkWriter.Outcome outcome) {
    if (!response.closed()) {
      response
          .setStatusCode(
              switch (outcome) {
                case STORED -> 201;
                case PRESENT -> 200;
              })
          .end();
    }
  }

  void get(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    Optional<Key> id = id(routing);
    if (id.isEmpty()) {
      return;
    }
    chunks
        .open(id.get())
        .onSuccess(content ->
            content.ifPresentOrElse(
                open -> send(request, id.get(), open),
                () -> Problem.notFound(id.get().toString()).answer(request)))
        .onFailure(cause -> StoreProblems.answer(request, cause));
  }

  private static void send(HttpServerRequest request, Key id, ChunkContent content) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      close(content);
      return;
    }
    headers(response, id);
    if (isKnown(request, id)) {
      close(content);
      response.setStatusCode(304).end();
      return;
    }
    if (request.method().name().equals("HEAD")) {
      close(content);
      response.putHeader("Content-Length", String.valueOf(content.sizeBytes())).end();
      return;
    }
    switch (ByteRange.parse(rangeHeader(request, id), content.sizeBytes())) {
      case ByteRange.Asked.Whole() -> body(response, content, 0, content.sizeBytes());
      case ByteRange.Asked.Part(ByteRange range) -> {
        response
            .setStatusCode(206)
            .putHeader(
                "Content-Range",
                "bytes " + range.first() + "-" + range.last() + "/" + content.sizeBytes());
        body(response, content, range.first(), range.length());
      }
      case ByteRange.Asked.Outside() -> {
        close(content);
        response.putHeader("Content-Range", "bytes */" + content.sizeBytes());
        new Problem(
                416,
                "range",
                "the range lies outside the chunk",
                request.getHeader("Range"),
                "a range within " + content.sizeBytes() + " bytes")
            .answer(request);
      }
    }
  }

  /// The range that counts: none when `If-Range` names other content than this chunk.
  private static @Nullable String rangeHeader(HttpServerRequest request, Key id) {
    String condition = request.getHeader("If-Range");
    return condition == null || condition.equals(etag(id)) ? request.getHeader("Range") : null;
  }

  private static void body(HttpServerResponse response, ChunkContent content, int from, int size) {
    response.putHeader("Content-Length", String.valueOf(size));
    Future<Void> sent =
        switch (content) {
          case ChunkContent.OnDisk(var file, int whole) ->
              size == 0 ? response.end() : response.sendFile(file, from, size);
          case ChunkContent.InMemory(byte[] bytes) ->
              response.end(Buffer.buffer(bytes).slice(from, from + size));
        };
    sent.onComplete(done -> close(content));
  }

  private static void headers(HttpServerResponse response, Key id) {
    response
        .putHeader("Content-Type", "application/octet-stream")
        .putHeader("ETag", etag(id))
        .putHeader("Cache-Control", IMMUTABLE)
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("X-Content-Type-Options", "nosniff");
  }

  private static String etag(Key id) {
    return "\"" + id + "\"";
  }

  private static boolean isKnown(HttpServerRequest request, Key id) {
    String known = request.getHeader("If-None-Match");
    return known != null && (known.equals("*") || known.contains(etag(id)));
  }

  private static void close(ChunkContent content) {
    try {
      content.close();
    } catch (IOException e) {
      LOG.debug("closing a chunk that was only read failed", e);
    }
  }

  void delete(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    Optional<Key> id = id(routing);
    if (id.isEmpty()) {
      return;
    }
    List<String> secrets = request.headers().getAll(DELETE_HEADER);
    if (secrets.size() != 1 || !Key.isHex(secrets.getFirst())) {
      // What was sent may be most of a secret, and is not repeated.
      Problem.badRequest(
              "delete-secret",
              "no delete secret in the header " + DELETE_HEADER,
              null,
              "one header " + DELETE_HEADER + " with 64 lower-case hex digits")
          .answer(request);
      return;
    }
    byte[] secret = HexFormat.of().parseHex(secrets.getFirst());
    deletions
        .delete(new Tombstone(id.get(), DeleteSecret.of(secret)))
        .onSuccess(deletion -> deleted(request, id.get(), deletion))
        .onFailure(cause -> StoreProblems.answer(request, cause));
  }

  private static void deleted(HttpServerRequest request, Key id, Deletion deletion) {
    switch (deletion) {
      case DELETED, DELETED_BEFORE -> {
        if (!request.response().closed()) {
          request.response().setStatusCode(204).end();
        }
      }
      case UNKNOWN -> Problem.notFound(id.toString()).answer(request);
      case WRONG_SECRET ->
          new Problem(
                  403,
                  "wrong-secret",
                  "the delete secret is not that of this chunk",
                  id.toString(),
                  "the secret that the chunk's owner derives from the manifest")
              .answer(request);
      case NO_CAPABILITY ->
          new Problem(
                  403,
                  "no-capability",
                  "nobody can delete this chunk",
                  id.toString(),
                  "a chunk with a QNT1 header, which holds a delete verifier")
              .answer(request);
    }
  }

  void list(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String after = request.getParam("after");
    if (after != null && !Key.isHex(after)) {
      Problem.badId(after).answer(request);
      return;
    }
    String limitText = request.getParam("limit", String.valueOf(PAGE_MAX));
    int limit = limitText.matches("[0-9]{1,4}") ? Integer.parseInt(limitText) : 0;
    if (limit < 1 || limit > PAGE_MAX) {
      Problem.badRequest("limit", "not a page size", limitText, "1.." + PAGE_MAX).answer(request);
      return;
    }
    List<ChunkEntry> page = chunks.list(after == null ? null : Key.fromHex(after), limit);
    JsonArray entries = new JsonArray();
    page.forEach(entry ->
        entries.add(
            new JsonObject().put("id", entry.id().toString()).put("size", entry.sizeBytes())));
    JsonObject json = new JsonObject().put("chunks", entries);
    if (page.size() == limit) {
      json.put("next", page.getLast().id().toString());
    }
    routing.json(json);
  }

  private static Optional<Key> id(RoutingContext routing) {
    String text = String.valueOf(routing.pathParam("id"));
    if (!Key.isHex(text)) {
      Problem.badId(text).answer(routing.request());
      return Optional.empty();
    }
    return Optional.of(Key.fromHex(text));
  }
}
