package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtEffect;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;

/// Counts what lookups and searches brought, against the truth.
final class Tally {
  long lookups;
  long succeeded;
  double recallSum;
  long hopsSum;
  long callsSum;
  long keysSearched;
  long keysFound;
  long keysFoundAny;
  long searches;
  long searchCalls;

  /// A lookup for `target` ended while `truth` were the closest nodes that run.
  void lookup(DhtEffect.NodesFound found, List<Contact> truth) {
    lookups++;
    callsSum += found.asked();
    hopsSum += found.hops();
    if (truth.isEmpty()) {
      return;
    }
    if (found.contacts().contains(truth.getFirst())) {
      succeeded++;
    }
    int hits = 0;
    for (Contact contact : truth) {
      hits += found.contacts().contains(contact) ? 1 : 0;
    }
    recallSum += (double) hits / truth.size();
  }

  /// The providers of `key` were searched while `truth` provided it and ran.
  void key(Key key, DhtEffect.ProvidersFound found, List<Contact> truth) {
    List<Contact> named = found.providers().get(key);
    keysSearched++;
    if (named == null || truth.isEmpty()) {
      return;
    }
    int hits = 0;
    for (Contact contact : truth) {
      hits += named.contains(contact) ? 1 : 0;
    }
    keysFound += hits == truth.size() ? 1 : 0;
    keysFoundAny += hits > 0 ? 1 : 0;
  }

  static double mean(long sum, long count) {
    return mean((double) sum, count);
  }

  static double mean(double sum, long count) {
    return count == 0 ? 0 : sum / count;
  }
}
