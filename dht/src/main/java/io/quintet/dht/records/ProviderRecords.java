package io.quintet.dht.records;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The provider records that a node keeps for others.
///
/// Bounded in all, per key and per provider; a record lives for a time and is renewed by being put
/// again. Whether a provider may speak is the caller's affair. Times are monotonic milliseconds.
public final class ProviderRecords {
  /// What came of a record.
  public enum Outcome {
    /// It is kept now, or was renewed.
    KEPT,
    /// The key has as many providers as one key may have.
    KEY_FULL,
    /// The provider has as many records as one provider may have.
    PROVIDER_FULL,
    /// The provider has withdrawn its records, and the last of them is not swept yet.
    WITHDRAWN,
    /// The node keeps as many records as it may.
    TABLE_FULL
  }

  /// The bounds.
  ///
  /// @param ttlMillis how long a record lives
  public record Limits(
      long ttlMillis, int providersPerKeyMax, int recordsPerProviderMax, int recordsMax) {}

  private static final int TICK_MILLIS = 1_000;

  private final Limits limits;
  private final RecordSlots slots;
  private final List<ProviderEntry> providers = new ArrayList<>();
  private final Map<Key, Integer> numbers = new LinkedHashMap<>();
  private final List<Integer> freeNumbers = new ArrayList<>();
  private long epochMillis;
  private boolean started;
  private int sweepSlot;

  private static final class ProviderEntry {
    Contact contact;
    int records;
    boolean withdrawn;

    ProviderEntry(Contact contact) {
      this.contact = contact;
    }
  }

  /// No records.
  ///
  /// @param seed where keys go in memory depends on it
  public ProviderRecords(Limits limits, long seed) {
    this.limits = limits;
    this.slots = new RecordSlots(seed);
  }

  /// Keeps, or renews, the record that `provider` provides `key`. A provider at a new address is at
  /// the new address in all its records.
  public Outcome put(long now, Key key, Contact provider) {
    int tick = tick(now);
    int number = numberOf(provider);
    int expiry = tick + Math.clamp(limits.ttlMillis() / TICK_MILLIS, 1, Integer.MAX_VALUE / 2);
    if (providers.get(number).withdrawn) {
      return Outcome.WITHDRAWN;
    }
    int entry = slots.find(key, number);
    if (entry >= 0) {
      slots.renew(entry, expiry);
      return Outcome.KEPT;
    }
    ProviderEntry known = providers.get(number);
    Outcome outcome = Outcome.KEPT;
    if (slots.records() >= limits.recordsMax()) {
      outcome = Outcome.TABLE_FULL;
    } else if (known.records >= limits.recordsPerProviderMax()) {
      outcome = Outcome.PROVIDER_FULL;
    } else if (slots.count(key) >= limits.providersPerKeyMax()) {
      outcome = Outcome.KEY_FULL;
    } else {
      slots.add(key, number, expiry);
      known.records++;
    }
    release(number);
    return outcome;
  }

  /// `provider` provides nothing any more. Its records are not told from now on, and none is taken
  /// before the last of them has expired: a call that was under way changes nothing.
  public void withdraw(Key provider) {
    Integer number = numbers.get(provider);
    if (number != null) {
      providers.get(number).withdrawn = true;
    }
  }

  /// The providers of `key`, in no particular order; the caller owns the list.
  public List<Contact> providers(long now, Key key) {
    List<Contact> found = new ArrayList<>(4);
    int tick = tick(now);
    for (int entry = slots.first(key); entry >= 0; entry = slots.next(entry)) {
      ProviderEntry provider = providers.get(slots.provider(entry));
      if (slots.expiry(entry) > tick && !provider.withdrawn) {
        found.add(provider.contact);
      }
    }
    return found;
  }

  /// Drops expired records among the next `slotsMax` places, then goes on from there at the next
  /// call, so that no call takes long.
  public void expire(long now, int slotsMax) {
    int tick = tick(now);
    int steps = Math.min(slotsMax, slots.capacity());
    for (int i = 0; i < steps && slots.capacity() > 0; i++) {
      sweepSlot = sweepSlot >= slots.capacity() ? 0 : sweepSlot;
      boolean emptied = slots.expireAt(sweepSlot, tick, this::dropped);
      sweepSlot = emptied ? sweepSlot : sweepSlot + 1;
    }
  }

  /// How many records are kept, expired ones that were not swept yet included.
  public int size() {
    return slots.records();
  }

  /// How many places [#expire] has to visit.
  public int places() {
    return slots.capacity();
  }

  /// How much memory the records take, without the contacts that they share.
  public long bytes() {
    return slots.bytes();
  }

  private void dropped(int number) {
    providers.get(number).records--;
    release(number);
  }

  private int numberOf(Contact provider) {
    Integer known = numbers.get(provider.id());
    if (known != null) {
      providers.get(known).contact = provider;
      return known;
    }
    int number = freeNumbers.isEmpty() ? providers.size() : freeNumbers.removeLast();
    if (number == providers.size()) {
      providers.add(new ProviderEntry(provider));
    } else {
      providers.set(number, new ProviderEntry(provider));
    }
    numbers.put(provider.id(), number);
    return number;
  }

  private void release(int number) {
    ProviderEntry entry = providers.get(number);
    if (entry.records == 0 && numbers.remove(entry.contact.id()) != null) {
      freeNumbers.add(number);
    }
  }

  private int tick(long now) {
    if (!started) {
      started = true;
      epochMillis = now;
    }
    return Math.clamp((now - epochMillis) / TICK_MILLIS, 0, Integer.MAX_VALUE / 2);
  }
}
