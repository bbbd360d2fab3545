package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.id.Contact;

/// The HELLOs of a small network on one wire: each node is heard by all others at production's
/// pace, as far as the datagrams are not lost. So are the goodbyes that are said for silent nodes.
final class Beacons implements Watcher {
  private static final int NODES_PER_SECOND = 20;
  private static final int HELLOS_AT_START = 3;
  private static final int PAUSE_SECONDS_MIN = 2;
  private static final int PAUSE_SECONDS_MAX = 30;
  private static final long WIRE_MILLIS = 1;

  private final Stage stage;
  private final double loss;

  /// @param loss share of the datagrams that each listener misses
  Beacons(Stage stage, double loss) {
    this.stage = stage;
    this.loss = loss;
  }

  @Override
  public void silent(int index, Contact contact) {
    World world = stage.world;
    DhtEvent bye = new DhtEvent.LeaveHint(contact);
    world.at(
        world.now() + WIRE_MILLIS,
        () -> {
          for (int place = 0; place < world.liveCount(); place++) {
            int to = world.indexOf(world.liveContact(place).id());
            if (to != index && world.passes(index, to) && stage.joins.nextDouble() >= loss) {
              world.tell(to, bye);
            }
          }
        });
  }

  /// All beacons of one second.
  void second(int second) {
    World world = stage.world;
    int live = world.liveCount();
    int pause = Math.clamp(live / NODES_PER_SECOND, PAUSE_SECONDS_MIN, PAUSE_SECONDS_MAX);
    for (int speaker = 0; speaker < live; speaker++) {
      Contact contact = world.liveContact(speaker);
      int from = world.indexOf(contact.id());
      boolean starts = world.now() - world.node(from).joinedAt < 1_000;
      if (!starts && (second + from) % pause != 0) {
        continue;
      }
      double missed = starts ? Math.pow(loss, HELLOS_AT_START) : loss;
      DhtEvent hello = new DhtEvent.Greeted(contact, world.node(from).boot);
      for (int listener = 0; listener < live; listener++) {
        int to = world.indexOf(world.liveContact(listener).id());
        if (to != from && world.passes(from, to) && stage.joins.nextDouble() >= missed) {
          world.tell(to, hello);
        }
      }
    }
  }
}
