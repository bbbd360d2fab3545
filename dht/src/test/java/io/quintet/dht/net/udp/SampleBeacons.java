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
          new Beacon.Hello(NODE, 8_000, null, 3, 17),
          new Beacon.Hello(NODE, 8_000, "10.1.2.3", 3, 17),
          new Beacon.Who(),
          new Beacon.QueryChunk(NONCE, List.of(new Key(1, 2, 3, 4), new Key(5, 6, 7, 8))),
          new Beacon.Have(NODE, 65_535, null, NONCE, List.of(new Key(5, 6, 7, 8))),
          new Beacon.Goodbye(NODE, 1, null));

  static final String LONGEST_HOST = "fd00:1111:2222:3333:4444:5555:6666:7777";

  static final Beacon LONGEST_HELLO =
      new Beacon.Hello(NODE, 65_535, LONGEST_HOST, Long.MAX_VALUE, Long.MAX_VALUE);

  static final List<Key> MOST_IDS = Collections.nCopies(BeaconJson.IDS_MAX, new Key(1, 2, 3, 4));

  private SampleBeacons() {}
}
