package io.quintet.dht.net.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.net.udp.Beacon;
import io.quintet.dht.net.udp.BeaconJson;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page about the protocol says what the code does.
final class ProtocolPageTest {
  private static final Path PAGE = Path.of("..", "docs", "PROTOCOL.md");
  private static final Pattern DATAGRAM =
      Pattern.compile("```json\n(\\{\"net\":\"quintet\",\"type\":.*})\n```");
  private static final Pattern CALL =
      Pattern.compile("`POST /dht/(\\w+)`\n\n```json\n(.*)\n```\n\n```json\n(.*)\n```");
  private static final BeaconJson BEACONS = new BeaconJson("quintet");

  @Test
  void everyDatagramOnThePageIsABeaconOfADifferentType() throws IOException {
    Set<Class<?>> types = new HashSet<>();
    for (MatchResult datagram : matches(DATAGRAM)) {
      Beacon beacon =
          Objects.requireNonNull(
              BEACONS.decode(Buffer.buffer(datagram.group(1))), datagram.group(1));
      assertTrue(types.add(beacon.getClass()), "twice: " + beacon);
    }
    assertEquals(Set.of(Beacon.class.getPermittedSubclasses()), types);
  }

  @Test
  void everyCallOnThePageIsReadByBothSides() throws IOException {
    List<MatchResult> calls = matches(CALL);
    assertEquals(
        List.of("ping", "find_node", "find_value", "store"),
        calls.stream().map(call -> call.group(1)).toList());
    for (MatchResult call : calls) {
      DhtRequest request = incoming(call).request();
      Buffer response = Buffer.buffer(call.group(3));
      if (!(request instanceof DhtRequest.Ping)) {
        Contact responder = new Contact(new Key(1, 2, 3, 4), "192.168.1.9", 8_000);
        assertNotNull(ResponseJson.decode(request, response, responder));
      }
    }
  }

  @Test
  void thePongOnThePageProvesItsId() throws IOException {
    MatchResult ping = matches(CALL).getFirst();
    Nonce nonce = Objects.requireNonNull(incoming(ping).nonce());
    Buffer body = Buffer.buffer(ping.group(3));
    Pong pong = Pong.of(body);
    Key id = JsonFields.of(body).key("id");
    PongProof proof = new PongProof("quintet", nonce, id, 8_000, pong.boot());
    assertTrue(proof.holds(pong.publicKey(), pong.signature()));
  }

  @Test
  void limitsOnThePageAreThoseOfTheCode() throws IOException {
    Key key = new Key(1, 2, 3, 4);
    int who = BEACONS.encode(new Beacon.Who()).length();
    int query = BEACONS.encode(new Beacon.QueryChunk("00".repeat(16), List.of(key))).length();
    assertRow("largest datagram", number(BeaconJson.BYTES_MAX) + " bytes");
    assertRow("ids in one QUERY_CHUNK", number(BeaconJson.IDS_MAX));
    assertRow("size of a WHO", number(who) + " bytes");
    assertRow("size of a QUERY_CHUNK", number(query) + " bytes");
    DhtConfig config = DhtConfig.defaults();
    assertSays("k = " + config.k());
    assertSays("up to " + number(config.keysPerCallMax()) + " `keys`");
    assertSays("lives " + config.recordTtlMillis() / 60_000 + " minutes");
    assertSays("at most " + config.providersPerKeyMax() + " providers");
    assertSays(number(config.recordsPerSenderMax()) + " records");
    assertEquals(1 << 20, DhtRpcClient.RESPONSE_BYTES_MAX);
  }

  private static RequestJson.Incoming incoming(MatchResult call) {
    return RequestJson.decode(
        call.group(1), Buffer.buffer(call.group(2)), "quintet", 1_000, "192.168.1.20");
  }

  private static List<MatchResult> matches(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(PAGE)).results().toList();
  }

  private static void assertRow(String what, String value) throws IOException {
    assertSays("\n| " + what + " | " + value + " |");
  }

  private static void assertSays(String text) throws IOException {
    assertTrue(Files.readString(PAGE).contains(text), text);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
