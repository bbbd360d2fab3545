package io.quintet.dht.routing;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Contacts that wait for a place in a full bucket, the latest preferred (Kademlia, section 4.1).
///
/// Bounded per bucket; a new contact drives out the one that waits longest.
final class ReplacementCache {
  private record Waiting(int bucket, Contact contact) {}

  private final int perBucketMax;
  private final List<Waiting> waiting = new ArrayList<>(2);

  ReplacementCache(int perBucketMax) {
    this.perBucketMax = perBucketMax;
  }

  void offer(int bucket, Contact contact) {
    int count = 0;
    int giveWay = -1;
    for (int i = waiting.size() - 1; i >= 0; i--) {
      if (waiting.get(i).bucket == bucket) {
        count++;
        if (waiting.get(i).contact.id().equals(contact.id())) {
          giveWay = i;
          break;
        }
        giveWay = count >= perBucketMax ? i : giveWay;
      }
    }
    if (giveWay >= 0) {
      waiting.remove(giveWay);
    }
    if (perBucketMax > 0) {
      waiting.add(new Waiting(bucket, contact));
    }
  }

  @Nullable Contact take(int bucket) {
    for (int i = waiting.size() - 1; i >= 0; i--) {
      if (waiting.get(i).bucket == bucket) {
        return waiting.remove(i).contact;
      }
    }
    return null;
  }

  void forget(Key id) {
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.get(i).contact.id().equals(id)) {
        waiting.remove(i);
        return;
      }
    }
  }
}
