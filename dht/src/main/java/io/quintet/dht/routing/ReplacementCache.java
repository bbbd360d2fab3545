package io.quintet.dht.routing;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Contacts that wait for a place in a full bucket, the latest preferred (Kademlia, section 4.1).
///
/// Bounded per bucket; a new contact drives out the one that waits longest.
final class ReplacementCache {
  // Implementation: side by side in the order of arrival; the first words of the ids, which tell
  // nearly all contacts apart, are kept beside the contacts, so that a search touches no other
  // object.

  private final int perBucketMax;
  private @Nullable Contact[] waiting = new Contact[4];
  private long[] heads = new long[4];
  private short[] buckets = new short[4];
  private int size;

  ReplacementCache(int perBucketMax) {
    this.perBucketMax = perBucketMax;
  }

  void offer(int bucket, Contact contact) {
    int count = 0;
    int giveWay = -1;
    for (int i = size - 1; i >= 0; i--) {
      if (buckets[i] == bucket) {
        count++;
        if (isAt(i, contact.id())) {
          giveWay = i;
          break;
        }
        giveWay = count >= perBucketMax ? i : giveWay;
      }
    }
    if (giveWay >= 0) {
      remove(giveWay);
    }
    if (perBucketMax > 0) {
      add(bucket, contact);
    }
  }

  @Nullable Contact take(int bucket) {
    for (int i = size - 1; i >= 0; i--) {
      if (buckets[i] == bucket) {
        return remove(i);
      }
    }
    return null;
  }

  /// The heap that it takes, without the contacts.
  long bytes() {
    return 80 + (4L + Long.BYTES + Short.BYTES) * heads.length;
  }

  void forget(Key id) {
    for (int i = 0; i < size; i++) {
      if (isAt(i, id)) {
        remove(i);
        return;
      }
    }
  }

  private boolean isAt(int at, Key id) {
    Contact there = heads[at] == id.head() ? waiting[at] : null;
    return there != null && there.id().equals(id);
  }

  private void add(int bucket, Contact contact) {
    if (size == heads.length) {
      waiting = Arrays.copyOf(waiting, 2 * size);
      heads = Arrays.copyOf(heads, 2 * size);
      buckets = Arrays.copyOf(buckets, 2 * size);
    }
    waiting[size] = contact;
    heads[size] = contact.id().head();
    buckets[size] = (short) bucket;
    size++;
  }

  private @Nullable Contact remove(int at) {
    Contact removed = waiting[at];
    int moved = size - at - 1;
    System.arraycopy(waiting, at + 1, waiting, at, moved);
    System.arraycopy(heads, at + 1, heads, at, moved);
    System.arraycopy(buckets, at + 1, buckets, at, moved);
    size--;
    waiting[size] = null;
    return removed;
  }
}
