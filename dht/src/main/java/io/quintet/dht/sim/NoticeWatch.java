package io.quintet.dht.sim;

import io.quintet.dht.id.Contact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long those who knew a node take to notice that it died.
final class NoticeWatch implements Watcher {
  private record View(int viewer, Contact dead) {}

  private final World world;
  private final Map<View, Long> unnoticed = new LinkedHashMap<>();
  private final List<Long> tookMillis = new ArrayList<>();

  NoticeWatch(World world) {
    this.world = world;
  }

  /// Crashes a node and waits for everybody who knows it.
  void crash(int index) {
    Contact dead = world.contact(index);
    for (int place = 0; place < world.liveCount(); place++) {
      int viewer = world.indexOf(world.liveContact(place).id());
      if (world.membersOf(viewer).contains(dead)) {
        unnoticed.put(new View(viewer, dead), world.now());
      }
    }
    world.crash(index);
  }

  @Override
  public void left(int index, Contact contact, long now) {
    Long since = unnoticed.remove(new View(index, contact));
    if (since != null) {
      tookMillis.add(now - since);
    }
  }

  /// Viewers that run and have not noticed a death.
  long unnoticed() {
    return unnoticed.keySet().stream().filter(view -> world.runs(view.viewer())).count();
  }

  long noticed() {
    return tookMillis.size();
  }

  double meanSeconds() {
    return tookMillis.stream().mapToLong(Long::longValue).average().orElse(0) / 1_000;
  }

  double maxSeconds() {
    return tookMillis.stream().mapToLong(Long::longValue).max().orElse(0) / 1_000.0;
  }

  /// Which share of the viewers noticed within so many milliseconds.
  double within(long millis) {
    long known = tookMillis.stream().filter(took -> took <= millis).count();
    long all = tookMillis.size() + unnoticed();
    return all == 0 ? 1 : (double) known / all;
  }
}
