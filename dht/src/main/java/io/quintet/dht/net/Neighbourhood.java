package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.LinkedHashMap;

/// Under which address a neighbour is known that is heard at several.
///
/// A node on this very machine is heard at its loopback address and at its real one, and one with
/// IPv6 at two more. It is known by its IPv4 address if it has one, and by its loopback address
/// only when there is no other; without this rule its contact would change with every beacon.
/// Belongs to one context.
final class Neighbourhood {
  private static final int HEARD_MAX = 4_096;

  /// How long a better address counts after it was heard the last time. Beacons of large networks
  /// come every 30 seconds.
  private static final long BETTER_NANOS = 90_000_000_000L;

  private final LinkedHashMap<Key, Heard> best = new LinkedHashMap<>();

  private record Heard(int rank, long atNanos) {}

  /// Notes that a beacon of `contact` came in.
  ///
  /// @return whether it is worth a hint
  boolean heard(Contact contact, long nowNanos) {
    int rank = rank(contact.host());
    Heard known = best.get(contact.id());
    if (known != null && known.rank > rank && nowNanos - known.atNanos < BETTER_NANOS) {
      return false;
    }
    if (known == null && best.size() >= HEARD_MAX) {
      best.pollFirstEntry();
    }
    best.putLast(contact.id(), new Heard(rank, nowNanos));
    return true;
  }

  private static int rank(String host) {
    if (LiteralAddress.isLoopback(host)) {
      return 0;
    }
    return host.indexOf(':') >= 0 ? 1 : 2;
  }
}
