package io.quintet.dht.net.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds arbitrary datagrams to the codec. In an ordinary build the seeds run once; with
/// `JAZZER_FUZZ=1` in the environment Jazzer invents datagrams.
final class BeaconFuzzTest {
  private static final BeaconJson JSON = new BeaconJson("test");

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anyDatagramIsIgnoredOrABeacon(byte[] datagram) {
    Beacon beacon = JSON.decode(Buffer.buffer(datagram));
    if (beacon != null) {
      assertEquals(beacon, JSON.decode(JSON.encode(beacon)));
    }
  }

  static Stream<byte[]> seeds() {
    return Stream.concat(
        SampleBeacons.ALL.stream().map(beacon -> JSON.encode(beacon).getBytes()),
        Stream.of(new byte[0], new byte[1_300], Buffer.buffer("{\"net\":\"test\"}").getBytes()));
  }
}
