package io.quintet.node.repair;

import java.util.Collection;

/// Tells a broken network from broken nodes: when more than a third of the members vanish within
/// one window, it is likelier that this node lost sight of them. Copying everything then would fill
/// the rest of the network with replicas of what is not lost.
///
/// The brake lets go when they come back, or when the window has passed: then they are gone.
public final class PartitionBrake {
  private static final int SHARE = 3;

  private PartitionBrake() {}

  /// Whether the brake holds at `now`.
  ///
  /// @param present how many other members answer
  /// @param silentSince since when the others do not; who left politely is in neither
  /// @param windowMillis see [RepairPolicy#brakeWindowMillis]
  public static boolean holds(
      long now, int present, Collection<Long> silentSince, long windowMillis) {
    int lately = 0;
    for (long since : silentSince) {
      lately += now - since < windowMillis ? 1 : 0;
    }
    return SHARE * lately > present + lately;
  }
}
