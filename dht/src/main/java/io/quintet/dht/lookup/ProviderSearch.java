package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The search for the providers of many keys, region by region.
///
/// The protocol: the keys are cut into groups that are thought to lie in one region each; the
/// caller runs one lookup per group that carries the group's keys, reports what each answer named,
/// and then which region the lookup covered. Keys outside of it form a new group, so a wrong guess
/// of the network's size costs lookups but no key is missed. Every lookup covers its target, so the
/// search ends after at most one lookup per key.
///
/// What nodes say is weighed, not believed: providers that more nodes named come first, and a
/// single liar with many inventions cannot push them out.
public final class ProviderSearch {
  /// How many times the wanted providers are kept while answers come in.
  private static final int KEPT_PER_WANTED = 4;

  /// Keys that one lookup carries.
  ///
  /// @param target what to look up
  /// @param keys in key order, the target first
  public record Group(Key target, List<Key> keys) {}

  private final List<Key> asked;
  private final int keysPerCallMax;
  private final int providersPerKeyMax;
  private final Deque<List<Key>> waiting = new ArrayDeque<>();
  private final Map<Key, Map<Contact, Integer>> votes = new LinkedHashMap<>();
  private int running;
  private int calls;

  /// A search for `keys`; duplicates count once.
  public ProviderSearch(Collection<Key> keys, int keysPerCallMax, int providersPerKeyMax) {
    this.keysPerCallMax = keysPerCallMax;
    this.providersPerKeyMax = providersPerKeyMax;
    this.asked = List.copyOf(keys);
    for (Key key : asked) {
      votes.putIfAbsent(key, Collections.emptyMap());
    }
    if (!votes.isEmpty()) {
      waiting.add(new ArrayList<>(new TreeSet<>(votes.keySet())));
    }
  }

  /// The next group to look up; null while none waits. Ends with [#finished] for this group.
  ///
  /// @param densityBits prefix length of a region of about k nodes, 0 when all nodes are known
  public @Nullable Group nextGroup(int densityBits) {
    List<Key> keys = waiting.poll();
    if (keys == null) {
      return null;
    }
    Key target = keys.getFirst();
    int count = 1;
    int countMax = Math.min(keys.size(), keysPerCallMax);
    while (count < countMax && target.commonPrefixLength(keys.get(count)) >= densityBits) {
      count++;
    }
    if (count < keys.size()) {
      waiting.addFirst(keys.subList(count, keys.size()));
    }
    running++;
    return new Group(target, keys.subList(0, count));
  }

  /// One node names `providers` of `key`, each once however often; ignored unless the key was asked
  /// for.
  public void found(Key key, List<Contact> providers) {
    Map<Contact, Integer> known = votes.get(key);
    if (known == null) {
      return;
    }
    if (known.isEmpty()) {
      known = new LinkedHashMap<>(8);
      votes.put(key, known);
    }
    int count = Math.min(providers.size(), providersPerKeyMax);
    for (Contact provider : new LinkedHashSet<>(providers.subList(0, count))) {
      if (known.containsKey(provider) || known.size() < KEPT_PER_WANTED * providersPerKeyMax) {
        known.merge(provider, 1, Integer::sum);
      }
    }
  }

  /// Whether each key of `group` has a provider.
  public boolean knowsAll(Group group) {
    return group.keys().stream()
        .noneMatch(key -> votes.getOrDefault(key, Collections.emptyMap()).isEmpty());
  }

  /// Whether `nodes` answers named the same provider of each key of `group`.
  public boolean isAgreed(Group group, int nodes) {
    return group.keys().stream()
        .allMatch(key ->
            votes.getOrDefault(key, Collections.emptyMap()).values().stream()
                .anyMatch(count -> count >= nodes));
  }

  /// The lookup of `group` is over.
  ///
  /// @param covered what it covered
  /// @param asked how many calls it took
  public void finished(Group group, Region covered, int asked) {
    running--;
    calls += asked;
    List<Key> uncovered = new ArrayList<>();
    for (Key key : group.keys()) {
      if (!covered.covers(key)) {
        uncovered.add(key);
      }
    }
    if (!uncovered.isEmpty()) {
      waiting.addFirst(uncovered);
    }
  }

  /// Whether every key was covered.
  public boolean done() {
    return running == 0 && waiting.isEmpty();
  }

  /// How many calls the lookups took so far.
  public int calls() {
    return calls;
  }

  /// Every asked key in the asked order with its providers, those that most nodes named first.
  public Map<Key, List<Contact>> result() {
    Map<Key, List<Contact>> result = new LinkedHashMap<>(2 * votes.size());
    for (Map.Entry<Key, Map<Contact, Integer>> entry : votes.entrySet()) {
      List<Map.Entry<Contact, Integer>> ranked = new ArrayList<>(entry.getValue().entrySet());
      ranked.sort((a, b) -> Integer.compare(b.getValue(), a.getValue()));
      List<Contact> providers = new ArrayList<>(Math.min(ranked.size(), providersPerKeyMax));
      for (Map.Entry<Contact, Integer> vote : ranked) {
        if (providers.size() < providersPerKeyMax) {
          providers.add(vote.getKey());
        }
      }
      result.put(entry.getKey(), List.copyOf(providers));
    }
    return Collections.unmodifiableMap(result);
  }
}
