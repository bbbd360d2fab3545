package io.quintet.node.edge;

import io.quintet.dht.id.Key;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.node.service.ProofService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;

/// `/chunk/{id}/proof`. A question of 200 bytes makes the node read and hash a megabyte, so
/// [ProofLimit] bounds how many are answered, for one source and for all.
final class ProofRoutes {
  private static final int BODY_BYTES_MAX = 1 << 10;

  private final Key self;
  private final ProofService proofs;
  private final JsonCalls calls;
  private final ProofLimit limit;

  ProofRoutes(ProofService proofs, JsonCalls calls, ProofLimit limit) {
    this.self = proofs.self();
    this.proofs = proofs;
    this.calls = calls;
    this.limit = limit;
  }

  void prove(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String text = String.valueOf(routing.pathParam("id"));
    if (!Key.isHex(text)) {
      Problem.badId(text).answer(request);
      return;
    }
    Key id = Key.fromHex(text);
    calls.call(
        request, BODY_BYTES_MAX, body -> answer(id, body, request.remoteAddress().hostAddress()));
  }

  private Future<JsonCalls.Answer> answer(Key id, Buffer body, String source) {
    JsonFields fields = JsonFields.of(body);
    byte[] nonce = fields.hex("nonce", PossessionProof.NONCE_BYTES, PossessionProof.NONCE_BYTES);
    ProofService.Question question =
        new ProofService.Question(nonce, fields.key("verifier"), fields.flag("recheck"));
    if (!proofs.holds(id)) {
      return absent(id);
    }
    if (!limit.tryBegin(source)) {
      return Future.failedFuture(
          new JsonCalls.RefusedException(
              Problem.busy("fewer proofs at once, or a second without any")));
    }
    return proofs
        .prove(id, question)
        .onComplete(done -> limit.end())
        .compose(proof -> given(id, proof));
  }

  private Future<JsonCalls.Answer> given(Key id, Optional<byte[]> proof) {
    if (proof.isEmpty()) {
      return absent(id);
    }
    JsonObject json =
        new JsonObject()
            .put("prover", self.toString())
            .put("proof", HexFormat.of().formatHex(proof.get()));
    return Future.succeededFuture(new JsonCalls.Answer(200, json.toBuffer()));
  }

  private static Future<JsonCalls.Answer> absent(Key id) {
    return Future.failedFuture(new JsonCalls.RefusedException(Problem.notFound(id.toString())));
  }
}
