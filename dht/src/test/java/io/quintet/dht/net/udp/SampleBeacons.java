package io.quintet.dht.net.udp;

import io.quintet.dht.id.Key;
import java.util.Collections;
import java.util.List;

/// One beacon of each type, with values at the edges of what they may be.
final class SampleBeacons {
  static final Key NODE = new Key(-1, 2, -3, 4);
  static final String NONCE = "00112233445566778899aabbccddeeff";

  static final List<Beacon> ALL =
      List.of(
          new Beacon.Hello(NODE, 8_000, 3, 17),
          new Beacon.Who(),
          new Beacon.QueryChunk(NONCE, List.of(new Key(1, 2, 3, 4), new Key(5, 6, 7, 8))),
          new Beacon.Have(NODE, 65_535, NONCE, List.of(new Key(5, 6, 7, 8))),
          new Beacon.Goodbye(NODE, 1));

  static final Beacon LONGEST_HELLO =
      new Beacon.Hello(NODE, 65_535, Long.MAX_VALUE, Long.MAX_VALUE);

  static final List<Key> MOST_IDS = Collections.nCopies(BeaconJson.IDS_MAX, new Key(1, 2, 3, 4));

  private SampleBeacons() {}
}
