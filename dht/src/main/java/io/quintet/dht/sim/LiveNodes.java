package io.quintet.dht.sim;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.NearestFirst;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The truth about who runs, which no node knows: the oracle of lookups.
final class LiveNodes {
  private static final Comparator<Contact> BY_KEY = Comparator.comparing(Contact::id);

  private Contact[] sorted = new Contact[16];
  private int[] heads = new int[16];
  private int size;

  void add(Contact contact) {
    int at = Arrays.binarySearch(sorted, 0, size, contact, BY_KEY);
    if (at >= 0) {
      sorted[at] = contact;
      return;
    }
    if (size == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * size);
      heads = Arrays.copyOf(heads, 2 * size);
    }
    int place = -at - 1;
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    System.arraycopy(heads, place, heads, place + 1, size - place);
    sorted[place] = contact;
    heads[place] = contact.id().prefix();
    size++;
  }

  /// Adds many at once to none.
  void addAll(Contact[] contacts) {
    sorted = contacts.clone();
    Arrays.sort(sorted, BY_KEY);
    heads = Arrays.stream(sorted).mapToInt(each -> each.id().prefix()).toArray();
    size = sorted.length;
  }

  /// The first place in [from, to) whose id has this bit set; `to` when none has. The ids there
  /// share all bits before it.
  int firstWithBit(int from, int to, int bit) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean set =
          bit < Integer.SIZE
              ? (heads[middle] & Integer.MIN_VALUE >>> bit) != 0
              : sorted[middle].id().bit(bit);
      if (set) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  void remove(Contact contact) {
    int at = Arrays.binarySearch(sorted, 0, size, contact, BY_KEY);
    if (at >= 0) {
      System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
      System.arraycopy(heads, at + 1, heads, at, size - at - 1);
      size--;
    }
  }

  int size() {
    return size;
  }

  /// The nodes at the first `count` of these places.
  Contact[] contactsAt(int[] places, int count) {
    Contact[] at = new Contact[count];
    for (int i = 0; i < count; i++) {
      at[i] = sorted[places[i]];
    }
    return at;
  }

  /// The [io.quintet.dht.id.Key#prefix] of each of them.
  int[] prefixesAt(int[] places, int count) {
    int[] at = new int[count];
    for (int i = 0; i < count; i++) {
      at[i] = heads[places[i]];
    }
    return at;
  }

  Contact get(int index) {
    return sorted[index];
  }

  List<Contact> closest(Key target, int count) {
    return NearestFirst.of(sorted, heads, size, target, count);
  }
}
