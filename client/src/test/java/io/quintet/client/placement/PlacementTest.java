package io.quintet.client.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.manifest.blob.ChunkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class PlacementTest {
  private static final int WANTED = 5;
  private static final byte[] BYTES = new byte[1000];
  private static final EncodedBlob BLOB = new EncodedBlob(ChunkId.ofBlob(BYTES), BYTES);

  @Test
  void everyCandidateIsATargetOnce() {
    List<Candidate> candidates = nodes(9, i -> "192.0.2." + i, i -> "");
    List<Contact> targets = place(candidates, new Random(1));
    assertEquals(
        candidates.stream().map(c -> c.node().id()).collect(Collectors.toSet()),
        targets.stream().map(Contact::id).collect(Collectors.toSet()));
    assertEquals(9, targets.size());
  }

  @Test
  void eachNodeIsChosenEquallyOften() {
    List<Candidate> candidates = nodes(11, i -> "127.0.0.1", i -> "");
    int rounds = 22_000;
    double expected = (double) rounds * WANTED / candidates.size();
    int[] chosen = new int[candidates.size()];
    Random random = new Random(20261121);
    for (int round = 0; round < rounds; round++) {
      place(candidates, random).subList(0, WANTED).forEach(node -> chosen[node.port() - 8000]++);
    }
    double chiSquare = 0;
    for (int count : chosen) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // With 10 degrees of freedom a fair choice exceeds this once in a thousand seeds.
    assertTrue(chiSquare < 29.6, "chi square: " + chiSquare);
  }

  @Test
  void theFirstTargetsAreOnDifferentHosts() {
    List<Candidate> candidates = nodes(20, i -> "192.0.2." + i % 5, i -> "");
    for (int seed = 0; seed < 100; seed++) {
      Set<String> hosts = new TreeSet<>();
      place(candidates, new Random(seed))
          .subList(0, WANTED)
          .forEach(node -> hosts.add(node.host()));
      assertEquals(5, hosts.size(), "seed " + seed);
    }
  }

  @Test
  void labelsMatterMoreThanHosts() {
    // One label per host but two on the last, so both cannot be different at once.
    List<Candidate> candidates = nodes(10, i -> "192.0.2." + i, i -> "zone=" + (i < 6 ? 0 : i - 5));
    for (int seed = 0; seed < 100; seed++) {
      Set<Integer> zones = new TreeSet<>();
      place(candidates, new Random(seed))
          .subList(0, WANTED)
          .forEach(node -> zones.add(node.port() < 8006 ? 0 : node.port()));
      assertEquals(5, zones.size(), "seed " + seed);
    }
  }

  @Test
  void fullAndFailingNodesComeLast() {
    List<Candidate> candidates = nodes(8, i -> "192.0.2." + i, i -> "");
    Candidate full = candidates.get(2);
    candidates.set(2, new Candidate(full.node(), "", BYTES.length - 1));
    Contact failing = candidates.get(5).node();
    for (int seed = 0; seed < 100; seed++) {
      List<Contact> targets =
          Placement.place(BLOB, candidates, failing::equals, WANTED, new Random(seed)).targets();
      assertEquals(Set.of(full.node(), failing), Set.copyOf(targets.subList(6, 8)), "seed " + seed);
    }
  }

  @Test
  void oneSeedAlwaysGivesTheSameOrder() {
    List<Candidate> candidates = nodes(12, i -> "192.0.2." + i, i -> "");
    assertEquals(place(candidates, new Random(3)), place(candidates, new Random(3)));
  }

  private static List<Contact> place(List<Candidate> candidates, Random random) {
    return Placement.place(BLOB, candidates, node -> false, WANTED, random).targets();
  }

  private static List<Candidate> nodes(
      int count, Function<Integer, String> host, Function<Integer, String> labels) {
    List<Candidate> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Contact node = new Contact(new Key(i, i, i, i), host.apply(i), 8000 + i);
      nodes.add(new Candidate(node, labels.apply(i), Candidate.UNKNOWN_FREE_BYTES));
    }
    return nodes;
  }
}
