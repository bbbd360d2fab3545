package io.quintet.client.placement;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.dht.id.Contact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// Orders nodes for a chunk: random, so that every set of nodes is as likely as any other, but
/// spread over places.
public final class Placement {
  private Placement() {}

  /// Chooses among `candidates`.
  ///
  /// Nodes with room that are not avoided come first; among these the first `wanted` are on as many
  /// different hosts and under as many different labels as there are. All others follow at random,
  /// those without room or to be avoided last: they may still take it when nobody else does.
  ///
  /// @param candidates distinct nodes
  /// @param avoided nodes that failed lately
  /// @param wanted replicas
  public static PlacedChunk place(
      EncodedBlob blob,
      List<Candidate> candidates,
      Predicate<Contact> avoided,
      int wanted,
      Random random) {
    List<Candidate> good = new ArrayList<>();
    List<Candidate> bad = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean fits = candidate.freeBytes() >= blob.bytes().length;
      (fits && !avoided.test(candidate.node()) ? good : bad).add(candidate);
    }
    Collections.shuffle(good, random);
    Collections.shuffle(bad, random);
    List<Candidate> order = spread(good, wanted);
    order.addAll(bad);
    return new PlacedChunk(blob, order.stream().map(Candidate::node).toList());
  }

  /// Moves to the front, one after the other, the candidate that shares its labels and its host
  /// with the fewest before it; the first such, so that the random order decides between equals.
  private static List<Candidate> spread(List<Candidate> shuffled, int wanted) {
    List<Candidate> rest = new ArrayList<>(shuffled);
    List<Candidate> order = new ArrayList<>(shuffled.size());
    while (order.size() < wanted && !rest.isEmpty()) {
      int best = 0;
      long least = Long.MAX_VALUE;
      for (int i = 0; i < rest.size() && least > 0; i++) {
        long shared = shared(rest.get(i), order);
        if (shared < least) {
          best = i;
          least = shared;
        }
      }
      order.add(rest.remove(best));
    }
    order.addAll(rest);
    return order;
  }

  // Labels weigh more than hosts: an operator set them to say which nodes fail together.
  private static long shared(Candidate candidate, List<Candidate> chosen) {
    long labels = 0;
    long hosts = 0;
    for (Candidate other : chosen) {
      labels += !candidate.labels().isEmpty() && candidate.labels().equals(other.labels()) ? 1 : 0;
      hosts += candidate.node().host().equals(other.node().host()) ? 1 : 0;
    }
    return (labels << Integer.SIZE) + hosts;
  }
}
