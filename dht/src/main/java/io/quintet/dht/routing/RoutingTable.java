package io.quintet.dht.routing;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The proven, live contacts of one node: per length of the prefix that a contact shares with the
/// owner at most k, near the owner up to 2 k (Kademlia, section 2.2; the flat layout).
///
/// Who is called is the caller's affair: only contacts that answered a ping themselves are to be
/// [#observe]d, and only contacts that did not are to be [#remove]d. Not thread-safe; times are
/// monotonic milliseconds.
public final class RoutingTable {
  // Implementation: one array of shared contacts sorted by key, with what this table knows of each
  // in primitive arrays beside it (14 bytes per contact, four of them the beginning of its id, so
  // that a search hardly ever reads another object). A bucket is a contiguous range of it, and so
  // is every
  // subtree of the space; nothing else is stored. A time is kept in ticks of 100 ms
  // since the table's first event, which lasts for 6.8 years.

  private static final int TICK_MILLIS = 100;
  private static final int GROWTH = 16;
  private static final long ARRAY_HEADER_BYTES = 16;
  private static final long OWN_BYTES = 64;

  private final Key self;
  private final int k;
  private final ContactPolicy policy;
  private Contact[] contacts = new Contact[0];
  private int[] heads = new int[0];
  private int[] seenTicks = new int[0];
  private short[] boots = new short[0];
  private short[] roundTripMillis = new short[0];
  private short[] deviationMillis = new short[0];
  private int size;
  private long epochMillis;
  private boolean started;
  private @Nullable ReplacementCache replacements;

  /// An empty table.
  ///
  /// @param self the owner's id, which never enters
  /// @param k contacts per bucket
  public RoutingTable(Key self, int k, ContactPolicy policy) {
    this.self = self;
    this.k = k;
    this.policy = policy;
  }

  /// Notes that `contact` proved its id now.
  ///
  /// @param boot which run of the node answered; its low 16 bits are compared with the last ones
  public TableChange observe(long now, Contact contact, long boot) {
    if (contact.id().equals(self)) {
      return new TableChange.Rejected(TableChange.Reason.SELF);
    }
    int at = indexOf(contact.id());
    if (at >= 0) {
      return observeKnown(now, at, contact, boot);
    }
    int bucket = self.commonPrefixLength(contact.id());
    int low = bucketLow(bucket);
    int high = bucketHigh(bucket);
    if (policy.sharesApplyTo(contact)
        && countHost(low, high, contact.host()) >= policy.contactsPerHostPerBucketMax()) {
      return new TableChange.Rejected(TableChange.Reason.HOST_SHARE);
    }
    if (high - low >= k && !isNear(contact.id(), high - low)) {
      cache().offer(bucket, contact);
      return new TableChange.Full(contacts[oldestIn(low, high)]);
    }
    insert(-at - 1, contact, tick(now), (short) boot);
    if (replacements != null) {
      replacements.forget(contact.id());
    }
    return new TableChange.Added();
  }

  /// Takes in all of `proven` at once, as if each had been [#observe]d now, its first run: what a
  /// simulated network too large to be joined one by one starts with. Only for an empty table.
  ///
  /// @param proven sorted by key, distinct, the owner not among them, and no more of one bucket
  ///   than it holds; copied
  /// @param prefixes the [Key#prefix] of each of them
  public void fill(long now, Contact[] proven, int[] prefixes) {
    if (size != 0) {
      throw new IllegalStateException(size + " contacts are there (expected: none)");
    }
    int count = proven.length;
    int capacity = count <= GROWTH ? GROWTH : (count + GROWTH - 1) / GROWTH * GROWTH;
    contacts = Arrays.copyOf(proven, capacity);
    heads = Arrays.copyOf(prefixes, capacity);
    seenTicks = new int[capacity];
    Arrays.fill(seenTicks, 0, count, tick(now));
    boots = new short[capacity];
    Arrays.fill(boots, 0, count, (short) 1);
    roundTripMillis = new short[capacity];
    deviationMillis = new short[capacity];
    size = count;
  }

  private TableChange observeKnown(long now, int at, Contact contact, long boot) {
    Contact previous = contacts[at];
    boolean sameRun = boots[at] == (short) boot;
    seenTicks[at] = tick(now);
    boots[at] = (short) boot;
    if (!previous.equals(contact)) {
      contacts[at] = contact;
      roundTripMillis[at] = 0;
      deviationMillis[at] = 0;
      return new TableChange.Replaced(previous);
    }
    return sameRun ? new TableChange.Refreshed() : new TableChange.Restarted();
  }

  /// Notes that `contact` answered some call; without effect unless exactly it is in the table.
  ///
  /// @param tookMillis how long the answer took; 0 when that says nothing about the way to it
  public void touch(long now, Contact contact, long tookMillis) {
    int at = indexOf(contact.id());
    if (at < 0 || !contacts[at].equals(contact)) {
      return;
    }
    seenTicks[at] = tick(now);
    if (tookMillis <= 0) {
      return;
    }
    int took = Math.clamp(tookMillis, 1, Short.MAX_VALUE);
    int known = roundTripMillis[at];
    if (known == 0) {
      roundTripMillis[at] = (short) took;
      deviationMillis[at] = (short) (took / 2);
      return;
    }
    deviationMillis[at] = (short) ((3 * deviationMillis[at] + Math.abs(known - took) + 3) / 4);
    roundTripMillis[at] = (short) ((7 * known + took + 7) / 8);
  }

  /// Whether `boot` is the run of `contact` that proved itself last; only 16 bits are compared.
  public boolean isRun(Contact contact, long boot) {
    int at = indexOf(contact.id());
    return at >= 0 && contacts[at].equals(contact) && (short) boot == boots[at];
  }

  /// After how long an answer of `contact` counts as lost: its smoothed round trip and four mean
  /// deviations (RFC 6298, section 2), within these bounds.
  ///
  /// @param unknownMillis what is returned while no round trip of it is known
  public long timeoutMillis(Contact contact, long min, long max, long unknownMillis) {
    int at = indexOf(contact.id());
    return at < 0 || roundTripMillis[at] == 0 || !contacts[at].equals(contact)
        ? unknownMillis
        : Math.clamp(roundTripMillis[at] + 4L * deviationMillis[at], min, max);
  }

  /// Removes `contact`, which did not answer its pings.
  ///
  /// @return whether exactly it was there
  public boolean remove(Contact contact) {
    int at = indexOf(contact.id());
    if (at < 0 || !contacts[at].equals(contact)) {
      return false;
    }
    int moved = size - at - 1;
    System.arraycopy(contacts, at + 1, contacts, at, moved);
    System.arraycopy(heads, at + 1, heads, at, moved);
    System.arraycopy(seenTicks, at + 1, seenTicks, at, moved);
    System.arraycopy(boots, at + 1, boots, at, moved);
    System.arraycopy(roundTripMillis, at + 1, roundTripMillis, at, moved);
    System.arraycopy(deviationMillis, at + 1, deviationMillis, at, moved);
    size--;
    // The slot beyond the end keeps its old reference until it is used again: harmless, since
    // contacts are shared values.
    return true;
  }

  /// Lets `contact`, which is not proven, wait for a place in its bucket.
  public void offerReplacement(Contact contact) {
    if (!contact.id().equals(self) && indexOf(contact.id()) < 0) {
      cache().offer(self.commonPrefixLength(contact.id()), contact);
    }
  }

  /// Takes the latest contact that waits for a place in the bucket of `id`; null when none does. It
  /// is to be pinged before it enters.
  public @Nullable Contact takeReplacement(Key id) {
    return replacements == null ? null : replacements.take(self.commonPrefixLength(id));
  }

  /// The contact with this id; null when it is not in the table.
  public @Nullable Contact find(Key id) {
    int at = indexOf(id);
    return at < 0 ? null : contacts[at];
  }

  /// Whether exactly this contact, id and address, is in the table.
  public boolean contains(Contact contact) {
    return contact.equals(find(contact.id()));
  }

  /// Whether a contact with this id would find a place.
  public boolean hasRoomFor(Key id) {
    int count = bucketSize(self.commonPrefixLength(id));
    return count < k || isNear(id, count);
  }

  /// How many contacts share exactly `prefixBits` leading bits with the owner.
  public int bucketSize(int prefixBits) {
    return prefixBits >= Key.BITS ? 0 : bucketHigh(prefixBits) - bucketLow(prefixBits);
  }

  /// How many contacts there are.
  public int size() {
    return size;
  }

  /// The heap that this table takes, in bytes, without the contacts, which tables share: its arrays
  /// with their spare places (references of four bytes), itself, and who waits.
  public long bytes() {
    long perPlace = 4 + 2 * Integer.BYTES + 3 * Short.BYTES;
    long own = 6 * ARRAY_HEADER_BYTES + OWN_BYTES + perPlace * contacts.length;
    return replacements == null ? own : own + replacements.bytes();
  }

  /// All contacts in key order; a copy.
  public List<Contact> contacts() {
    return List.of(Arrays.copyOf(contacts, size));
  }

  /// The contacts closest to `target`, nearest first, at most `count`; the caller owns the list.
  public List<Contact> closest(Key target, int count) {
    return NearestFirst.of(contacts, heads, size, target, count);
  }

  /// How many leading bits the contacts closest to the owner share with it at least, so that about
  /// k nodes have this prefix: how finely the network is populated. 0 while fewer than k are known.
  public int densityBits() {
    int close = 0;
    int high = size == 0 ? -1 : deepestBucket();
    for (int bits = high; bits >= 0; bits--) {
      close += bucketSize(bits);
      if (close >= k) {
        return bits;
      }
    }
    return 0;
  }

  /// The longest prefix that a contact shares with the owner; -1 when the table is empty.
  public int deepestBucket() {
    if (size == 0) {
      return -1;
    }
    int at = insertionPoint(self);
    int left = at > 0 ? self.commonPrefixLength(contacts[at - 1].id()) : -1;
    int right = at < size ? self.commonPrefixLength(contacts[at].id()) : -1;
    return Math.max(left, right);
  }

  /// The contact that was not heard of for the longest time, but for those to be left out; null
  /// when there is no other.
  public @Nullable Contact leastRecentlySeen(Predicate<Contact> leftOut) {
    int oldest = -1;
    for (int i = 0; i < size; i++) {
      if ((oldest < 0 || seenTicks[i] < seenTicks[oldest]) && !leftOut.test(contacts[i])) {
        oldest = i;
      }
    }
    return oldest < 0 ? null : contacts[oldest];
  }

  /// When `contact` was last heard of, in steps of 100 ms; Long.MIN_VALUE when it is not in the
  /// table.
  public long seenMillis(Contact contact) {
    int at = indexOf(contact.id());
    return at < 0 || !contacts[at].equals(contact)
        ? Long.MIN_VALUE
        : epochMillis + (long) seenTicks[at] * TICK_MILLIS;
  }

  /// A full bucket still takes contacts that are nearer to the owner than its k nearest, up to
  /// twice its size: a node has to know its own neighbourhood completely, or lookups there go
  /// astray. (The paper's section 2.4 splits buckets for the same reason.)
  private boolean isNear(Key id, int bucketSize) {
    if (bucketSize >= 2 * k) {
      return false;
    }
    List<Contact> nearest = closest(self, k);
    return nearest.size() < k || self.compareDistance(id, nearest.getLast().id()) < 0;
  }

  private int bucketLow(int prefixBits) {
    return insertionPoint(self.withFlippedTail(prefixBits, false));
  }

  private int bucketHigh(int prefixBits) {
    Key last = self.withFlippedTail(prefixBits, true);
    int at = indexOf(last);
    return at >= 0 ? at + 1 : -at - 1;
  }

  private int oldestIn(int low, int high) {
    int oldest = low;
    for (int i = low + 1; i < high; i++) {
      if (seenTicks[i] < seenTicks[oldest]) {
        oldest = i;
      }
    }
    return oldest;
  }

  private int countHost(int low, int high, String host) {
    int count = 0;
    for (int i = low; i < high; i++) {
      if (contacts[i].host().equals(host)) {
        count++;
      }
    }
    return count;
  }

  private void insert(int at, Contact contact, int tick, short boot) {
    if (size == contacts.length) {
      int capacity = size + Math.max(4, Math.min(size, GROWTH));
      contacts = Arrays.copyOf(contacts, capacity);
      heads = Arrays.copyOf(heads, capacity);
      seenTicks = Arrays.copyOf(seenTicks, capacity);
      boots = Arrays.copyOf(boots, capacity);
      roundTripMillis = Arrays.copyOf(roundTripMillis, capacity);
      deviationMillis = Arrays.copyOf(deviationMillis, capacity);
    }
    int moved = size - at;
    System.arraycopy(contacts, at, contacts, at + 1, moved);
    System.arraycopy(heads, at, heads, at + 1, moved);
    System.arraycopy(seenTicks, at, seenTicks, at + 1, moved);
    System.arraycopy(boots, at, boots, at + 1, moved);
    System.arraycopy(roundTripMillis, at, roundTripMillis, at + 1, moved);
    System.arraycopy(deviationMillis, at, deviationMillis, at + 1, moved);
    contacts[at] = contact;
    heads[at] = contact.id().prefix();
    seenTicks[at] = tick;
    boots[at] = boot;
    roundTripMillis[at] = 0;
    deviationMillis[at] = 0;
    size++;
  }

  private int insertionPoint(Key id) {
    int at = indexOf(id);
    return at >= 0 ? at : -at - 1;
  }

  private int indexOf(Key id) {
    int head = id.prefix();
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(heads[middle], head);
      if (order == 0) {
        order = contacts[middle].id().compareTo(id);
      }
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private int tick(long now) {
    if (!started) {
      started = true;
      epochMillis = now;
    }
    return Math.clamp((now - epochMillis) / TICK_MILLIS, 0, Integer.MAX_VALUE);
  }

  private ReplacementCache cache() {
    if (replacements == null) {
      replacements = new ReplacementCache(policy.replacementsPerBucketMax());
    }
    return replacements;
  }
}
