package io.quintet.dht.net.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BeaconJsonTest {
  private static final String LONGEST_NAME = "n".repeat(64);
  private static final BeaconJson JSON = new BeaconJson("test");

  @ParameterizedTest
  @MethodSource("samples")
  void everyBeaconIsReadAsItWasWritten(Beacon beacon) {
    Buffer datagram = JSON.encode(beacon);
    assertEquals(beacon, JSON.decode(datagram), datagram.toString());
    assertTrue(datagram.length() <= BeaconJson.BYTES_MAX);
  }

  static List<Beacon> samples() {
    return SampleBeacons.ALL;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void beaconsOfAnotherNetworkAreIgnored(Beacon beacon) {
    assertNull(new BeaconJson("tests").decode(JSON.encode(beacon)));
    assertNull(new BeaconJson("Test").decode(JSON.encode(beacon)));
  }

  @Test
  void noAnswerIsLongerThanItsQuestionWhateverTheNames() {
    BeaconJson json = new BeaconJson(LONGEST_NAME);
    int who = json.encode(new Beacon.Who()).length();
    assertTrue(json.encode(SampleBeacons.LONGEST_HELLO).length() <= who, who + " bytes");
    Buffer query = json.encode(new Beacon.QueryChunk(SampleBeacons.NONCE, SampleBeacons.MOST_IDS));
    Buffer have =
        json.encode(
            new Beacon.Have(
                SampleBeacons.NODE,
                65_535,
                SampleBeacons.LONGEST_HOST,
                SampleBeacons.NONCE,
                SampleBeacons.MOST_IDS));
    assertTrue(have.length() <= query.length(), have.length() + " > " + query.length());
    assertTrue(query.length() <= BeaconJson.BYTES_MAX, query.length() + " bytes");
    assertNotNull(json.decode(query));
    assertNotNull(json.decode(have));
  }

  @Test
  void aLongerDatagramIsIgnored() {
    Buffer who = JSON.encode(new Beacon.Who());
    Buffer padded = who.copy().appendString(" ".repeat(BeaconJson.BYTES_MAX - who.length()));
    assertEquals(new Beacon.Who(), JSON.decode(padded));
    assertNull(JSON.decode(padded.appendString(" ")));
  }

  @Test
  void moreChunksThanOneQuestionMayHoldAreIgnored() {
    String ids =
        String.join(",", Collections.nCopies(BeaconJson.IDS_MAX + 1, "\"" + "0".repeat(64) + "\""));
    String question =
        "{\"net\":\"test\",\"type\":\"QUERY_CHUNK\",\"nonce\":\"%s\",\"ids\":[%s]}"
            .formatted(SampleBeacons.NONCE, ids);
    assertNull(JSON.decode(Buffer.buffer(question)));
    assertFalse(question.length() > BeaconJson.BYTES_MAX, "it is refused for its ids");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"port\":0", "\"port\":65536", "\"port\":-1", "\"port\":8000.0", "\"port\":8e3",
        "\"port\":\"8000\"", "\"port\":null", "\"port\":true", "\"port\":[8000]", "\"port\":{}",
        "\"port\":4294975296", "\"port\":99999999999999999999", "\"Port\":8000"
      })
  void aPortThatIsNoPortIsIgnored(String port) {
    String datagram =
        "{\"net\":\"test\",\"type\":\"GOODBYE\",\"id\":\"%s\",%s}"
            .formatted(new Key(1, 2, 3, 4), port);
    assertNull(JSON.decode(Buffer.buffer(datagram)));
    assertNotNull(JSON.decode(Buffer.buffer(datagram.replace(port, "\"port\":8000"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\":\"hello\"",
        "\"type\":\"\"",
        "\"type\":null",
        "\"type\":1",
        "\"type\":[\"WHO\"]",
        "\"type\":\"WHO\",\"type\":\"WHO\"",
        "\"tYpe\":\"WHO\"",
        "\"type\":\"WHO \""
      })
  void anUnknownTypeIsIgnored(String type) {
    assertNull(JSON.decode(Buffer.buffer("{\"net\":\"test\"," + type + "}")));
  }

  @Test
  void membersOfLaterVersionsAreIgnored() {
    assertEquals(
        new Beacon.Who(),
        JSON.decode(Buffer.buffer("{\"net\":\"test\",\"type\":\"WHO\",\"new\":[{}]}")));
  }
}
