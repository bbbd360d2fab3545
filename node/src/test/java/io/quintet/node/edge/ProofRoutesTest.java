package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.dht.proof.PossessionProof;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProofRoutesTest extends EdgeTest {
  private static final byte[] NONCE = new byte[32];
  private static final Key VERIFIER = new Key(9, 9, 9, 9);

  private RawHttp.Answer ask(String id, String body) throws Exception {
    try (RawHttp http = connect()) {
      return http.send(
              "POST /chunk/"
                  + id
                  + "/proof HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .answer();
    }
  }

  private static String question(boolean recheck) {
    return new JsonObject()
        .put("nonce", HexFormat.of().formatHex(NONCE))
        .put("verifier", VERIFIER.toString())
        .put("recheck", recheck)
        .encode();
  }

  private String stored(long seed) throws Exception {
    byte[] blob = blob(seed, 100_000);
    try (RawHttp http = connect()) {
      assertEquals(201, http.put(idOf(blob), blob).status());
    }
    return idOf(blob);
  }

  private static String proof(Key prover, long seed) {
    return HexFormat.of()
        .formatHex(PossessionProof.of(NONCE, prover, VERIFIER, blob(seed, 100_000)));
  }

  @Test
  void aHolderProvesEveryByteUnderItsOwnName() throws Exception {
    JsonObject answer = new JsonObject(ask(stored(1), question(false)).text());
    Key prover = Key.fromHex(answer.getString("prover"));
    assertEquals(new Key(1, 2, 3, 4), prover);
    assertEquals(proof(prover, 1), answer.getString("proof"));
  }

  @Test
  void whoDoesNotHaveItSaysSo() throws Exception {
    assertEquals(404, ask("0".repeat(64), question(false)).status());
    assertEquals(404, ask("0".repeat(64), question(true)).status());
  }

  @Test
  void aRottenCopyIsRecheckedAndPutAsideWhenItsProofWasWrong() throws Exception {
    String id = stored(2);
    Path file = dir.resolve("node/chunks").resolve(id.substring(0, 2)).resolve(id);
    byte[] rotten = Files.readAllBytes(file);
    rotten[50_000] ^= 1;
    Files.write(file, rotten);
    RawHttp.Answer first = ask(id, question(false));
    assertFalse(first.text().contains(proof(new Key(1, 2, 3, 4), 2)), first::text);
    assertEquals(404, ask(id, question(true)).status());
    assertFalse(Files.exists(file));
    assertEquals(404, ask(id, question(false)).status());
  }

  @Test
  void aStrangersWordAloneRemovesNothing() throws Exception {
    String id = stored(3);
    assertEquals(200, ask(id, question(true)).status());
    assertEquals(200, ask(id, question(false)).status());
  }

  @Test
  void malformedQuestionsAreRefused() throws Exception {
    String id = stored(4);
    for (String body :
        new String[] {
          "",
          "[]",
          "{}",
          "{\"nonce\":\"00\",\"verifier\":\"" + VERIFIER + "\"}",
          "{\"nonce\":\"" + "0".repeat(64) + "\"}",
          "{\"nonce\":\"" + "0".repeat(64) + "\",\"verifier\":1}",
          question(false).replace("false", "\"yes\"")
        }) {
      assertEquals(400, ask(id, body).status(), body);
    }
    assertEquals(400, ask("A".repeat(64), question(false)).status());
    assertEquals(413, ask(id, "{\"nonce\":\"" + "0".repeat(2_000) + "\"}").status());
  }

  @Test
  void proofsAreBoundedAtOnceAndPerSecondAndSource() {
    long[] now = {0};
    ProofLimit limit = new ProofLimit(() -> now[0]);
    for (int i = 0; i < 8; i++) {
      assertTrue(limit.tryBegin("a"));
    }
    assertFalse(limit.tryBegin("b"));
    for (int i = 0; i < 8; i++) {
      limit.end();
    }
    int ofOne = 8;
    for (; limit.tryBegin("a"); ofOne++) {
      limit.end();
    }
    assertEquals(128, ofOne);
    assertTrue(limit.tryBegin("b"));
    now[0] = 1_000_000_000;
    assertTrue(limit.tryBegin("a"));
  }
}
