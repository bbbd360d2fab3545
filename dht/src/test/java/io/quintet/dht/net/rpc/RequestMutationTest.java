package io.quintet.dht.net.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.json.Mutants;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Damages a request of each kind in every small way: it is refused with the place, or it is still
/// a request of that kind.
final class RequestMutationTest {
  private static final Nonce NONCE = new Nonce("0f".repeat(Nonce.BYTES));
  private static final int KEYS_MAX = 10;
  private static final SelfDescription SELF = new SelfDescription(new Key(9, 8, 7, 6), 8_001, 5);
  private static final RequestJson.SignedStore PROOF =
      new RequestJson.SignedStore(new byte[91], new byte[70]);

  private int refused;

  @ParameterizedTest
  @MethodSource("requests")
  void everyMutantIsRefusedWithAPlaceOrIsARequest(DhtRequest request) {
    Buffer whole = RequestJson.encode("test", SELF, request, NONCE);
    RequestJson.Incoming incoming = read(request, whole);
    assertEquals(request, incoming.request());
    assertEquals(new Contact(SELF.id(), "10.0.0.9", SELF.port()), incoming.from());
    assertEquals(SELF.boot(), incoming.boot());
    Mutants.each(
        whole,
        mutant -> {
          try {
            assertEquals(request.getClass(), read(request, mutant).request().getClass());
          } catch (BadRequestException e) {
            assertTrue(e.jsonPath().startsWith("$"), e.jsonPath());
            refused++;
          }
        });
    assertTrue(refused > 1_000, refused + " mutants were refused");
  }

  @Test
  void everyMutantOfTombstonesIsRefusedOrTombstones() {
    List<Tombstone> tombstones =
        List.of(new Tombstone(SELF.id(), DeleteSecret.of(new byte[DeleteSecret.BYTES])));
    Buffer whole = RequestJson.encodeTombstones("test", null, tombstones);
    DhtRequest none = new DhtRequest.Store(List.of());
    assertEquals(
        new RequestJson.Incoming(null, 0, none, null, tombstones, null), read(none, whole));
    Mutants.each(
        whole,
        mutant -> {
          try {
            assertTrue(read(none, mutant).tombstones().size() <= KEYS_MAX);
          } catch (BadRequestException e) {
            refused++;
          }
        });
    assertTrue(refused > 500, refused + " mutants were refused");
  }

  @Test
  void everyMutantOfAWithdrawalIsRefusedOrSignedOrAStore() {
    DhtRequest withdrawal = new DhtRequest.Withdraw(SELF.id());
    Buffer whole = RequestJson.encode("test", SELF, withdrawal, NONCE, PROOF);
    RequestJson.Incoming incoming = read(withdrawal, whole);
    assertEquals(withdrawal, incoming.request());
    assertArrayEquals(PROOF.signature(), Objects.requireNonNull(incoming.proof()).signature());
    Mutants.each(
        whole,
        mutant -> {
          try {
            RequestJson.Incoming read = read(withdrawal, mutant);
            assertTrue(read.request() instanceof DhtRequest.Store || read.proof() != null);
          } catch (BadRequestException e) {
            refused++;
          }
        });
    assertTrue(refused > 500, refused + " mutants were refused");
  }

  @Test
  void aWithdrawalWithoutProofOrWithKeysIsRefused() {
    DhtRequest withdrawal = new DhtRequest.Withdraw(SELF.id());
    Buffer unsigned = RequestJson.encode("test", SELF, withdrawal, NONCE);
    assertEquals("$.from.publicKey", refusal("store", unsigned).jsonPath());
    Buffer nobody = RequestJson.encode("test", null, withdrawal, NONCE);
    assertEquals("$.from", refusal("store", nobody).jsonPath());
    String signed = RequestJson.encode("test", SELF, withdrawal, NONCE, PROOF).toString();
    String keys = signed.replace("\"keys\":[]", "\"keys\":[\"" + SELF.id() + "\"]");
    assertEquals("$.keys", refusal("store", Buffer.buffer(keys)).jsonPath());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestOfAnotherNetworkIsRefused(DhtRequest request) {
    Buffer other = RequestJson.encode("other", SELF, request, NONCE);
    assertEquals("$.net", refusal(RequestJson.operation(request), other).jsonPath());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aClientNamesNobody(DhtRequest request) {
    assertEquals(null, read(request, RequestJson.encode("test", null, request, NONCE)).from());
  }

  @Test
  void whoDoesNotNameItsRunIsHeardAllTheSame() {
    DhtRequest ping = new DhtRequest.Ping();
    String whole = RequestJson.encode("test", SELF, ping, NONCE).toString();
    RequestJson.Incoming silent =
        read(ping, Buffer.buffer(whole.replace(",\"boot\":" + SELF.boot(), "")));
    assertEquals(0, silent.boot());
    assertEquals(SELF.id(), Objects.requireNonNull(silent.from()).id());
    String never = whole.replace("\"boot\":" + SELF.boot(), "\"boot\":0");
    assertEquals("$.from.boot", refusal("ping", Buffer.buffer(never)).jsonPath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"find_value", "store"})
  void tooManyKeysAreRefused(String operation) {
    String key = "\"" + new Key(1, 2, 3, 4) + "\"";
    String keys = key + ("," + key).repeat(KEYS_MAX);
    String body = "{\"net\":\"test\",\"target\":" + key + ",\"keys\":[" + keys + "]}";
    assertEquals("$.keys", refusal(operation, Buffer.buffer(body)).jsonPath());
  }

  @Test
  void anUnknownOperationIsRefused() {
    Buffer ping = RequestJson.encode("test", null, new DhtRequest.Ping(), NONCE);
    refusal("PING", ping);
    refusal("", ping);
  }

  static List<DhtRequest> requests() {
    Key key = new Key(1, -2, 3, -4);
    return List.of(
        new DhtRequest.Ping(),
        new DhtRequest.FindNode(key),
        new DhtRequest.FindValue(key, List.of(key, SELF.id())),
        new DhtRequest.Store(List.of(key)));
  }

  private static RequestJson.Incoming read(DhtRequest request, Buffer body) {
    return RequestJson.decode(RequestJson.operation(request), body, "test", KEYS_MAX, "10.0.0.9");
  }

  private static BadRequestException refusal(String operation, Buffer body) {
    return assertThrows(
        BadRequestException.class,
        () -> RequestJson.decode(operation, body, "test", KEYS_MAX, "10.0.0.9"));
  }
}
