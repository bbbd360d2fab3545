package io.quintet.dht.sim;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;

/// Compares everybody's view of everybody with the truth. There is no grace: a node that died is
/// wrongly known, and one that started wrongly unknown, from the first second.
///
/// A running node may be unknown to another whose bucket for it is full.
final class MembershipWatch {
  private final World world;
  private final int k;
  private long views;
  private long deadKnown;
  private long runningUnknown;

  MembershipWatch(World world, int k) {
    this.world = world;
    this.k = k;
  }

  /// One look at all pairs.
  void look() {
    int live = world.liveCount();
    for (int viewer = 0; viewer < live; viewer++) {
      Contact self = world.liveContact(viewer);
      look(self, world.membersOf(world.indexOf(self.id())));
    }
  }

  private void look(Contact self, List<Contact> members) {
    int[] known = new int[Key.BITS + 1];
    for (Contact member : members) {
      boolean runs = world.runs(world.indexOf(member.id()));
      known[self.id().commonPrefixLength(member.id())]++;
      views++;
      deadKnown += runs ? 0 : 1;
    }
    for (int i = 0; i < world.liveCount(); i++) {
      Contact other = world.liveContact(i);
      boolean wanted = known[self.id().commonPrefixLength(other.id())] < k;
      if (wanted && !other.equals(self) && !members.contains(other)) {
        views++;
        runningUnknown++;
      }
    }
  }

  /// Node-seconds that were compared, if there was a look per second.
  long views() {
    return views;
  }

  /// Those in which a dead node counted as alive.
  long deadKnown() {
    return deadKnown;
  }

  /// Those in which a running node was missing where there was room for it.
  long runningUnknown() {
    return runningUnknown;
  }

  double rightShare() {
    return views == 0 ? 1 : 1 - (double) (deadKnown + runningUnknown) / views;
  }
}
