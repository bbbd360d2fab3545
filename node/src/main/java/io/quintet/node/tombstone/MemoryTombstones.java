package io.quintet.node.tombstone;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Tombstones that go with their process: the double for tests and simulations. Keeps foreign ones
/// without a bound but that of each chunk.
public final class MemoryTombstones implements Tombstones {
  private final NavigableMap<Key, Tombstone> held = new TreeMap<>();
  private final NavigableMap<Key, List<Tombstone>> foreign = new TreeMap<>();

  @Override
  public synchronized boolean mayKnow(Key id) {
    return held.containsKey(id) || foreign.containsKey(id);
  }

  @Override
  public synchronized Optional<Tombstone> held(Key id) {
    return Optional.ofNullable(held.get(id));
  }

  @Override
  public synchronized List<Tombstone> of(Key id) {
    Tombstone own = held.get(id);
    return own != null ? List.of(own) : List.copyOf(foreign.getOrDefault(id, List.of()));
  }

  @Override
  public synchronized void hold(Tombstone tombstone) {
    held.putIfAbsent(tombstone.id(), tombstone);
    foreign.remove(tombstone.id());
  }

  @Override
  public synchronized void keep(List<Tombstone> tombstones, String sourceHost) {
    for (Tombstone each : tombstones) {
      if (!held.containsKey(each.id())) {
        List<Tombstone> known = foreign.computeIfAbsent(each.id(), id -> new ArrayList<>());
        if (!known.contains(each) && known.size() < PER_CHUNK_MAX) {
          known.add(each);
        }
      }
    }
  }

  @Override
  public synchronized Page page(int from, int limit) {
    List<Tombstone> all = new ArrayList<>(held.values());
    int end = Math.min(all.size(), from + limit);
    return new Page(all.subList(Math.min(from, end), end), end < all.size() ? end : -1);
  }

  @Override
  public synchronized int heldCount() {
    return held.size();
  }

  @Override
  public synchronized int foreignCount() {
    return foreign.values().stream().mapToInt(List::size).sum();
  }
}
