package io.quintet.node.repair;

import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Many holders that decide by the [RepairPlanner] over many chunks, while nodes flap, restart and
/// die. Every holder sees the others come and go with a delay of its own; a copy lands a tick after
/// it was decided. A function of its seed.
final class RepairSimulation {
  static final int WANTED = 5;
  private static final long TICK_MILLIS = 20_000;
  private static final long RECORD_TTL_MILLIS = 30 * 60_000;
  private static final int CANDIDATES = 8;
  private static final long NEVER = Long.MAX_VALUE;

  /// Who is how unreliable.
  ///
  /// @param flapping how many nodes are down for two minutes about every half hour
  /// @param deaths how many nodes die for good, spread over the days; new ones take their place
  record World(int nodes, int chunks, int days, int flapping, int deaths) {}

  private static final class Node {
    final Key id;
    final boolean flaps;
    final long noticeMillis;
    final String place;
    boolean up = true;
    boolean dead;
    long changesAt;
    long downSince = NEVER;

    Node(Key id, boolean flaps, long noticeMillis) {
      this.id = id;
      this.flaps = flaps;
      this.noticeMillis = noticeMillis;
      this.place = id.toString();
    }
  }

  private static final class Chunk {
    final Key id;
    final Set<Node> copies = new LinkedHashSet<>();
    final Map<Node, ChunkMemory> memories = new LinkedHashMap<>();
    final Set<Node> landing = new LinkedHashSet<>();
    List<Node> order = List.of();
    int orderOf = -1;

    Chunk(Key id) {
      this.id = id;
    }
  }

  private final World world;
  private final SplittableRandom random;
  private final RepairPolicy policy = RepairPolicy.standard();
  private final RepairPlanner planner = new RepairPlanner(policy);
  private final List<Node> nodes = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private long now;
  private int replacements;

  /// Copies that died with their nodes.
  long lost;

  /// Copies that were made.
  long copied;

  /// Copies that made more live replicas than wanted.
  long extra;

  /// The most replicas that any chunk ever had, those on silent nodes included.
  int most;

  /// The fewest replicas on nodes that are not dead.
  int fewest = WANTED;

  RepairSimulation(World world, long seed) {
    this.world = world;
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < world.nodes(); i++) {
      nodes.add(node(i < world.flapping()));
    }
    for (int i = 0; i < world.chunks(); i++) {
      Chunk chunk = new Chunk(Key.random(random));
      while (chunk.copies.size() < WANTED) {
        chunk.copies.add(nodes.get(random.nextInt(nodes.size())));
      }
      chunks.add(chunk);
    }
  }

  private Node node(boolean flaps) {
    Node node = new Node(Key.random(random), flaps, random.nextLong(2 * TICK_MILLIS));
    node.changesAt = now + spell(node);
    return node;
  }

  /// How long a node stays as it is.
  private long spell(Node node) {
    double mean =
        node.up ? node.flaps ? 30 * 60_000 : 24 * 3_600_000 : node.flaps ? 2 * 60_000 : 5 * 60_000;
    return (long) (-mean * Math.log(1 - random.nextDouble()));
  }

  RepairSimulation run() {
    long end = world.days() * 24L * 3_600_000;
    long deathGap = end / (world.deaths() + 1);
    long nextDeath = deathGap;
    for (; now < end; now += TICK_MILLIS) {
      nodes.forEach(this::maybeChange);
      if (now >= nextDeath) {
        nextDeath += deathGap;
        kill(nodes.get(world.flapping() + random.nextInt(nodes.size() - world.flapping())));
      }
      for (Chunk chunk : chunks) {
        land(chunk);
        look(chunk);
      }
    }
    return this;
  }

  private void maybeChange(Node node) {
    if (now >= node.changesAt) {
      node.up = !node.up;
      node.downSince = node.up ? NEVER : now;
      node.changesAt = now + spell(node);
    }
  }

  private void kill(Node victim) {
    victim.dead = true;
    victim.up = false;
    victim.downSince = Math.min(victim.downSince, now);
    replacements++;
    nodes.set(nodes.indexOf(victim), node(false));
    for (Chunk chunk : chunks) {
      lost += chunk.copies.contains(victim) ? 1 : 0;
    }
  }

  private void land(Chunk chunk) {
    for (Node node : chunk.landing) {
      if (node.up && chunk.copies.add(node)) {
        copied++;
        extra += live(chunk) > WANTED ? 1 : 0;
      }
    }
    chunk.landing.clear();
    int whole = (int) chunk.copies.stream().filter(each -> !each.dead).count();
    most = Math.max(most, whole);
    fewest = Math.min(fewest, whole);
  }

  private static long live(Chunk chunk) {
    return chunk.copies.stream().filter(each -> each.up).count();
  }

  private void look(Chunk chunk) {
    if (live(chunk) == chunk.copies.size() && chunk.copies.size() == WANTED) {
      chunk.memories.clear();
      return;
    }
    chunk.copies.removeIf(each -> each.dead && now - each.downSince > RECORD_TTL_MILLIS);
    for (Node self : List.copyOf(chunk.copies)) {
      if (self.up) {
        Decision first = decide(chunk, self, self.noticeMillis);
        // Who wants to copy asks everybody once more.
        if (first instanceof Decision.Copy
            && decide(chunk, self, 0) instanceof Decision.Copy copy) {
          copy.targets().forEach(target -> chunk.landing.add(byId(target)));
        }
      }
    }
  }

  /// All nodes in the order of the chunk, made anew when nodes were replaced.
  private List<Node> order(Chunk chunk) {
    if (chunk.orderOf != replacements) {
      chunk.orderOf = replacements;
      chunk.order = HashOrder.sorted(chunk.id, nodes, node -> node.id);
    }
    return chunk.order;
  }

  private Node byId(Key id) {
    return nodes.stream().filter(each -> each.id.equals(id)).findFirst().orElseThrow();
  }

  /// @param delay after which the observer notices that a node fell silent
  private Decision decide(Chunk chunk, Node self, long delay) {
    List<Holder> holders = new ArrayList<>();
    for (Node node : chunk.copies) {
      boolean silent = !node.up && now - node.downSince >= delay;
      holders.add(
          new Holder(
              node.id,
              node.place,
              silent ? Holder.State.SILENT : Holder.State.PRESENT,
              silent ? node.downSince : 0));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (Node node : order(chunk)) {
      if (candidates.size() < CANDIDATES && node.up && !chunk.copies.contains(node)) {
        candidates.add(new Candidate(node.id, node.place, true));
      }
    }
    int present =
        (int) holders.stream().filter(each -> each.state() == Holder.State.PRESENT).count();
    ChunkMemory memory =
        chunk.memories.getOrDefault(self, ChunkMemory.NONE).seen(now, present, WANTED);
    chunk.memories.put(self, memory);
    ChunkView view = new ChunkView(chunk.id, WANTED, self.id, holders, candidates, memory);
    return planner.decide(view, new RepairPlanner.Situation(now, braked(delay)));
  }

  private boolean braked(long delay) {
    Collection<Long> silent = new ArrayList<>();
    int present = 0;
    for (Node node : nodes) {
      if (node.up || now - node.downSince < delay) {
        present++;
      } else {
        silent.add(node.downSince);
      }
    }
    return PartitionBrake.holds(now, present, silent, policy.brakeWindowMillis());
  }
}
