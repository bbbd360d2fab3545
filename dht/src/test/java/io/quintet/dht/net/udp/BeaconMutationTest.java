package io.quintet.dht.net.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.net.json.Mutants;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damages a datagram of each type in every small way: what comes of it is ignored, or is a beacon
/// that can be written and read again.
final class BeaconMutationTest {
  private static final BeaconJson JSON = new BeaconJson("test");
  private int ignored;

  @ParameterizedTest
  @MethodSource("samples")
  void everyMutantIsIgnoredOrABeacon(Beacon beacon) {
    // The padding of a question is only more of the same.
    String datagram = JSON.encode(beacon).toString().replaceAll(" +", " ");
    assertEquals(beacon, JSON.decode(Buffer.buffer(datagram)));
    Mutants.each(Buffer.buffer(datagram), this::read);
    assertTrue(ignored > 1_000, ignored + " mutants were ignored");
  }

  private void read(Buffer mutant) {
    Beacon read = JSON.decode(mutant);
    if (read == null) {
      ignored++;
    } else {
      assertEquals(read, JSON.decode(JSON.encode(read)), mutant.toString());
    }
  }

  static List<Beacon> samples() {
    return SampleBeacons.ALL;
  }
}
