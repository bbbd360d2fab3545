package io.quintet.dht.sim;

import java.util.Locale;

/// Which messages a broken network lets through.
public enum Partition {
  /// All of them.
  NONE,
  /// Even and odd nodes do not hear each other.
  HALVES,
  /// As halves, but node 0 hears and is heard by all.
  BRIDGE,
  /// Even nodes hear odd ones, not the other way round.
  ONE_WAY,
  /// Halves for one second, whole for the next.
  FLAPPING,
  /// Node 0 hears nobody.
  ISOLATED,
  /// Each of eight groups hears the next and the one before.
  RING;

  private static final int RING_GROUPS = 8;

  /// The name in figures.
  String figureName() {
    StringBuilder name = new StringBuilder();
    for (String word : name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  boolean passes(int from, int to, long now) {
    boolean sameHalf = (from & 1) == (to & 1);
    return switch (this) {
      case NONE -> true;
      case HALVES -> sameHalf;
      case BRIDGE -> sameHalf || from == 0 || to == 0;
      case ONE_WAY -> sameHalf || (from & 1) == 1;
      case FLAPPING -> sameHalf || (now / 1_000 & 1) == 1;
      case ISOLATED -> from != 0 && to != 0;
      case RING -> {
        int apart = Math.floorMod(from - to, RING_GROUPS);
        yield apart <= 1 || apart == RING_GROUPS - 1;
      }
    };
  }
}
