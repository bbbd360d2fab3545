package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A network of nodes in one process, on a clock that the test turns.
final class Village {
  final VillageTime time = new VillageTime();
  final List<House> houses = new ArrayList<>();
  final List<Key> chunks = new ArrayList<>();
  private final UpkeepSettings settings;
  private final Map<Key, Set<House>> claims = new LinkedHashMap<>();
  private final Random random;

  Village(int houses, UpkeepSettings settings, long seed) {
    this.settings = settings;
    this.random = new Random(seed);
    grow(houses);
  }

  void grow(int more) {
    for (int i = 0; i < more; i++) {
      houses.add(new House(this, houses.size() + 1, settings));
    }
  }

  /// Stores `count` chunks at `replicas` houses each.
  void store(int count, int replicas) throws Exception {
    for (int i = 0; i < count; i++) {
      byte[] blob = new byte[200];
      random.nextBytes(blob);
      Key chunk = Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(blob));
      chunks.add(chunk);
      List<House> shuffled = new ArrayList<>(houses);
      Collections.shuffle(shuffled, random);
      shuffled.subList(0, replicas).forEach(house -> house.store(chunk, blob));
    }
  }

  synchronized void claim(Key chunk, House house) {
    claims.computeIfAbsent(chunk, key -> new LinkedHashSet<>()).add(house);
  }

  synchronized void unclaim(Key chunk, House house) {
    claims.getOrDefault(chunk, Set.of()).remove(house);
  }

  synchronized List<Contact> claimants(Key chunk, House asking) {
    return claims.getOrDefault(chunk, Set.of()).stream()
        .filter(each -> each != asking)
        .map(each -> each.contact)
        .toList();
  }

  synchronized House honestHolder(Key chunk, House besides) {
    return claims.getOrDefault(chunk, Set.of()).stream()
        .filter(each -> each != besides && each.manner == House.Manner.HONEST)
        .filter(each -> each.store.has(chunk))
        .findFirst()
        .orElseThrow();
  }

  /// Lets `span` pass in steps, in which every house that is up works.
  void live(Duration span, Duration step) throws Exception {
    for (Duration gone = Duration.ZERO; gone.compareTo(span) < 0; gone = gone.plus(step)) {
      time.sleep(step);
      for (House house : houses) {
        if (house.up) {
          house.work();
        }
      }
    }
  }

  /// How many houses that are up and honest have `chunk`.
  int replicas(Key chunk) {
    return (int)
        houses.stream()
            .filter(each -> each.up && each.manner == House.Manner.HONEST)
            .filter(each -> each.store.has(chunk))
            .count();
  }

  int fewest() {
    return chunks.stream().mapToInt(this::replicas).min().orElse(0);
  }

  int most() {
    return chunks.stream().mapToInt(this::replicas).max().orElse(0);
  }

  long figure(String worker, String figure) {
    return houses.stream()
        .flatMap(house -> house.upkeep.workers().stream())
        .filter(each -> each.name().equals(worker))
        .mapToLong(each -> each.figures().getOrDefault(figure, 0).longValue())
        .sum();
  }
}
