package io.quintet.dht.net.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.quintet.dht.id.Key;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is remembered never changes what a datagram means.
final class HelloMemoTest {
  private static final BeaconJson JSON = new BeaconJson("test");
  private static final Beacon.Hello HELLO =
      new Beacon.Hello(SampleBeacons.NODE, 8_000, null, 3, 17);

  private static HelloMemo knowing(Beacon.Hello hello) {
    HelloMemo memo = new HelloMemo(JSON);
    assertEquals(hello, memo.decode(JSON.encode(hello)));
    return memo;
  }

  @Test
  void theNextHelloOfARunIsNotParsedAgain() {
    HelloMemo memo = knowing(HELLO);
    Beacon.Hello next = (Beacon.Hello) memo.decode(JSON.encode(HELLO.withSeq(18)));
    assertNotNull(next);
    assertEquals(HELLO.withSeq(18), next);
    assertSame(
        next.id(), ((Beacon.Hello) Objects.requireNonNull(memo.decode(JSON.encode(next)))).id());
  }

  @Test
  void allBeaconsAreReadAsWithoutMemoHoweverOften() {
    HelloMemo memo = new HelloMemo(JSON);
    for (int round = 0; round < 3; round++) {
      for (Beacon beacon : SampleBeacons.ALL) {
        assertEquals(beacon, memo.decode(JSON.encode(beacon)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "9",
        "18",
        "00",
        "017",
        "-1",
        "1.0",
        "1e3",
        "",
        "999999999999999999",
        "9223372036854775807",
        "9223372036854775808",
        "17 ",
        " 17",
        "17,\"seq\":18",
        "17}",
        "17,\"more\":18",
        "\"17\"",
        "{\"seq\":17}"
      })
  void whateverStandsWhereTheNumberIsMeansTheSame(String number) {
    String known = JSON.encode(HELLO).toString();
    Buffer datagram = Buffer.buffer(known.replace(":17}", ":" + number + "}"));
    assertEquals(JSON.decode(datagram), knowing(HELLO).decode(datagram), datagram.toString());
  }

  @Test
  void aNumberThatIsNotSeqIsNoReasonToRemember() {
    HelloMemo memo = new HelloMemo(JSON);
    String start =
        "{\"net\":\"test\",\"type\":\"HELLO\",\"id\":\"%s\",\"seq\":1,\"boot\":2,\"port\":"
            .formatted(SampleBeacons.NODE);
    for (String end : List.of("8000}", "8001}", "70000}", "8002,\"x\":{\"seq\":5}}")) {
      Buffer datagram = Buffer.buffer(start + end);
      assertEquals(JSON.decode(datagram), memo.decode(datagram), datagram.toString());
    }
  }

  @Test
  void anyChangedByteMeansTheSameAsWithoutMemo() {
    HelloMemo memo = knowing(HELLO);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = JSON.encode(HELLO.withSeq(random.nextInt(100))).getBytes();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Buffer datagram = Buffer.buffer(bytes);
      assertEquals(JSON.decode(datagram), memo.decode(datagram), datagram.toString());
    }
  }

  @Test
  void whatIsRememberedIsBoundedAndStrangersOnlyPushOutWhatCanBeReadAgain() {
    HelloMemo memo = knowing(HELLO);
    for (int i = 0; i < 3 * HelloMemo.HELLOS_MAX; i++) {
      memo.decode(JSON.encode(new Beacon.Hello(new Key(i, 0, 0, 0), 8_000, null, 0, 1)));
    }
    assertEquals(HelloMemo.HELLOS_MAX, memo.size());
    assertEquals(HELLO, memo.decode(JSON.encode(HELLO)));
  }
}
