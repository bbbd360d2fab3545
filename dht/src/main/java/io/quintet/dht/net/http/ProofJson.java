package io.quintet.dht.net.http;

import io.quintet.dht.id.Contact;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.proof.PossessionProof;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;

/// The bodies of `POST /chunk/{id}/proof`.
final class ProofJson {
  private ProofJson() {}

  static Buffer question(PeerClient.ProofQuestion question) {
    JsonObject json =
        new JsonObject()
            .put("nonce", HexFormat.of().formatHex(question.nonce()))
            .put("verifier", question.verifier().toString());
    if (question.recheck()) {
      json.put("recheck", true);
    }
    return json.toBuffer();
  }

  /// The proof, if `node` itself gave it.
  static byte[] answer(Contact node, Buffer body) {
    JsonFields fields = JsonFields.of(body);
    if (!fields.key("prover").equals(node.id())) {
      throw new PeerException(
          node,
          PeerException.Kind.RETRYABLE,
          200,
          "POST proof at " + node.url() + ": another node answers there");
    }
    return fields.hex("proof", PossessionProof.PROOF_BYTES, PossessionProof.PROOF_BYTES);
  }
}
