package io.quintet.dht.net.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.NodeIdentity;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.net.json.Mutants;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Damages the response to a request of each kind in every small way: it is refused, or it is still
/// a response to that request.
final class ResponseMutationTest {
  private static final Key KEY = new Key(1, -2, 3, -4);
  private static final Contact RESPONDER = new Contact(new Key(7, 7, 7, 7), "10.0.0.7", 8_000);
  private static final Contact OTHER = new Contact(new Key(6, 6, 6, 6), "10.0.0.6", 8_006);
  private static final ResponseJson.Asker ASKER =
      new ResponseJson.Asker("10.0.0.9", RESPONDER.id());

  private int refused;

  @Test
  void everyMutantOfNodesIsRefusedOrNodes() {
    DhtResponse nodes = new DhtResponse.Nodes(List.of(OTHER, RESPONDER));
    check(
        new DhtRequest.FindNode(KEY), ResponseJson.nodes((DhtResponse.Nodes) nodes, ASKER), nodes);
  }

  @Test
  void everyMutantOfValuesIsRefusedOrValues() {
    DhtResponse.Values values =
        new DhtResponse.Values(
            List.of(
                new DhtResponse.Providers(KEY, List.of(OTHER, RESPONDER)),
                new DhtResponse.Providers(OTHER.id(), List.of(RESPONDER))),
            List.of(OTHER));
    List<Key> keys = List.of(KEY, RESPONDER.id(), OTHER.id());
    check(new DhtRequest.FindValue(KEY, keys), ResponseJson.values(keys, values, ASKER), values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[1]]", "[[-1]]", "[[0.0]]", "[0]", "[[0],[0]]", "[[\"0\"]]", "{}"})
  void providersThatAreNotThereAreRefused(String found) {
    String body =
        "{\"found\":%s,\"providers\":[{\"id\":\"%s\",\"host\":\"10.0.0.6\",\"port\":1}],\"contacts\":[]}"
            .formatted(found, OTHER.id());
    BadRequestException refusal =
        assertThrows(
            BadRequestException.class,
            () ->
                ResponseJson.decode(
                    new DhtRequest.FindValue(KEY, List.of(KEY)), Buffer.buffer(body), RESPONDER));
    assertTrue(refusal.jsonPath().startsWith("$.found"), refusal.jsonPath());
  }

  @Test
  void aProviderOnTheLoopbackOfAnotherMachineIsLeftOutAndTheOthersKeepTheirNumbers() {
    String body =
        "{\"found\":[[0,1]],\"providers\":[{\"id\":\"%s\",\"host\":\"127.0.0.1\",\"port\":1},{\"id\":\"%s\",\"host\":\"10.0.0.6\",\"port\":8006}],\"contacts\":[]}"
            .formatted(KEY, OTHER.id());
    assertEquals(
        new DhtResponse.Values(List.of(new DhtResponse.Providers(KEY, List.of(OTHER))), List.of()),
        ResponseJson.decode(
            new DhtRequest.FindValue(KEY, List.of(KEY)), Buffer.buffer(body), RESPONDER));
  }

  @Test
  void everyMutantOfAStoreAnswerIsRefusedOrOne() {
    Tombstone tombstone = new Tombstone(KEY, DeleteSecret.of(new byte[DeleteSecret.BYTES]));
    DhtResponse.Stored stored = new DhtResponse.Stored(1, "no more \"room\"", List.of(tombstone));
    Buffer whole = ResponseJson.stored(stored, List.of(Burial.KEPT, Burial.DELETED));
    check(new DhtRequest.Store(List.of(KEY, KEY)), whole, stored);
    assertEquals(
        List.of(Burial.KEPT, Burial.DELETED), TombstoneJson.burials(JsonFields.of(whole), 2));
    assertThrows(BadRequestException.class, () -> TombstoneJson.burials(JsonFields.of(whole), 1));
  }

  private void check(DhtRequest request, Buffer whole, DhtResponse response) {
    assertEquals(response, ResponseJson.decode(request, whole, RESPONDER));
    Mutants.each(
        whole,
        mutant -> {
          try {
            DhtResponse read = ResponseJson.decode(request, mutant, RESPONDER);
            assertEquals(response.getClass(), read.getClass());
          } catch (BadRequestException e) {
            refused++;
          }
        });
    assertTrue(refused > 500, refused + " mutants were refused");
  }

  @Test
  void noMutantOfAPongProvesTheId() {
    NodeIdentity identity = NodeIdentity.generate();
    SelfDescription self = new SelfDescription(identity.id(), 8_000, 5);
    Nonce nonce = Nonce.fresh();
    PongProof proof = new PongProof("test", nonce, identity.id(), self.port(), self.boot());
    Buffer whole = ResponseJson.pong(self, identity.publicKey(), identity.sign(proof.message()));
    assertTrue(isProven(whole, nonce, self));
    Pong original = Pong.of(whole);
    int[] tried = {0};
    Mutants.each(
        whole,
        mutant -> {
          try {
            Pong read = Pong.of(mutant);
            boolean same =
                Arrays.equals(read.publicKey(), original.publicKey())
                    && Arrays.equals(read.signature(), original.signature())
                    && read.boot() == original.boot();
            // Signatures cost too much to check all of some thousand mutants.
            if (!same && tried[0]++ % 16 == 0) {
              assertEquals(false, isProven(mutant, nonce, self), mutant.toString());
            }
          } catch (BadRequestException e) {
            refused++;
          }
        });
    assertTrue(refused > 1_000, refused + " mutants were refused");
    assertTrue(tried[0] > 100, tried[0] + " mutants were pongs");
  }

  @Test
  void aPongProvesNothingAboutAnotherPingPortBootOrNetwork() {
    NodeIdentity identity = NodeIdentity.generate();
    Nonce nonce = Nonce.fresh();
    PongProof proof = new PongProof("test", nonce, identity.id(), 8_000, 5);
    byte[] key = identity.publicKey();
    byte[] signature = identity.sign(proof.message());
    assertTrue(proof.holds(key, signature));
    NodeIdentity other = NodeIdentity.generate();
    List<PongProof> others =
        List.of(
            new PongProof("test", Nonce.fresh(), identity.id(), 8_000, 5),
            new PongProof("tes", nonce, identity.id(), 8_000, 5),
            new PongProof("test", nonce, other.id(), 8_000, 5),
            new PongProof("test", nonce, identity.id(), 8_001, 5),
            new PongProof("test", nonce, identity.id(), 8_000, 6));
    for (PongProof each : others) {
      assertEquals(false, each.holds(key, signature), each.toString());
      assertEquals(false, each.holds(other.publicKey(), signature), each.toString());
    }
    assertEquals(false, proof.holds(key, other.sign(proof.message())));
    assertEquals(false, proof.holds(other.publicKey(), other.sign(proof.message())));
  }

  private static boolean isProven(Buffer body, Nonce nonce, SelfDescription self) {
    Pong pong = Pong.of(body);
    return new PongProof("test", nonce, self.id(), self.port(), pong.boot())
        .holds(pong.publicKey(), pong.signature());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "0:0:0:0:0:0:0:1"})
  void nobodyIsToldAboutTheLoopbackOfAnotherMachineOrBelievesIt(String loopback) {
    Contact local = new Contact(OTHER.id(), loopback, 8_006);
    DhtResponse.Nodes nodes = new DhtResponse.Nodes(List.of(local));
    DhtResponse nobody = new DhtResponse.Nodes(List.of());
    DhtRequest request = new DhtRequest.FindNode(KEY);
    assertEquals(nobody, ResponseJson.decode(request, ResponseJson.nodes(nodes, ASKER), RESPONDER));
    Buffer told = ResponseJson.nodes(nodes, new ResponseJson.Asker("127.0.0.1", RESPONDER.id()));
    assertEquals(nobody, ResponseJson.decode(request, told, RESPONDER));
    assertEquals(
        nodes, ResponseJson.decode(request, told, new Contact(RESPONDER.id(), "127.0.0.1", 8_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nas", "", "0.0.0.0", "255.255.255.255", "224.0.0.1", "127.1", "::1%lo"})
  void aHostThatCannotBeCalledIsRefused(String host) {
    String body =
        "{\"contacts\":[{\"id\":\"%s\",\"host\":\"%s\",\"port\":1}]}".formatted(KEY, host);
    assertThrows(
        BadRequestException.class,
        () -> ResponseJson.decode(new DhtRequest.FindNode(KEY), Buffer.buffer(body), RESPONDER));
  }

  @Test
  void theResponderIsKnownByTheAddressThatAnswered() {
    String body =
        "{\"contacts\":[{\"id\":\"%s\",\"host\":\"10.9.9.9\",\"port\":1}]}"
            .formatted(RESPONDER.id());
    assertEquals(
        new DhtResponse.Nodes(List.of(RESPONDER)),
        ResponseJson.decode(new DhtRequest.FindNode(KEY), Buffer.buffer(body), RESPONDER));
  }
}
