package io.quintet.scripts.simulate.durability;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.placement.Candidate;
import io.quintet.client.placement.Placement;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.manifest.blob.ChunkId;
import io.quintet.node.repair.ChunkMemory;
import io.quintet.node.repair.ChunkView;
import io.quintet.node.repair.Decision;
import io.quintet.node.repair.Holder;
import io.quintet.node.repair.PartitionBrake;
import io.quintet.node.repair.RepairPlanner;
import io.quintet.node.repair.RepairPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Plays a durability scenario.
///
/// The world: a node dies for good about once a year, with its disk, and an empty one comes a day
/// later; every ten days on average it is away for a while, ten minutes on average (both times
/// exponential), and comes back with its disk. Others notice either after 5 to 12 s. A node copies
/// one chunk at a time, ten in a second, a tenth of what production allows itself. The decisions
/// are production's: every holder of a chunk looks at it whenever somebody came or went, and when
/// the planner wants to be asked again.
public final class DurabilityRun {
  static final long YEAR_MILLIS = 365L * 24 * 3_600_000;

  private static final int WANTED = 5;
  private static final double DEATH_MILLIS = YEAR_MILLIS;
  private static final long REPLACED_MILLIS = 24L * 3_600_000;
  private static final double BETWEEN_OUTAGES_MILLIS = 10.0 * 24 * 3_600_000;
  private static final double OUTAGE_MILLIS = 600_000;
  private static final long NOTICED_MILLIS = 5_000;
  private static final int NOTICED_SPREAD_MILLIS = 7_000;
  private static final long FORGOTTEN_MILLIS = 7L * 24 * 3_600_000;
  private static final long COPY_MILLIS = 100;

  private record Event(long time, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final DurabilityOptions options;
  private final RepairPolicy policy = RepairPolicy.standard();
  private final RepairPlanner planner = new RepairPlanner(policy);
  private final PriorityQueue<Event> future = new PriorityQueue<>();
  private final List<Machine> machines = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final SplittableRandom ids;
  private final SplittableRandom fates;
  private final Random placements;
  private final Ledger ledger;
  private long now;
  private long events;
  private long order;
  private long traceHash;

  private DurabilityRun(DurabilityOptions options) {
    SplittableRandom seeds = new SplittableRandom(options.seed());
    this.options = options;
    this.ids = seeds.split();
    this.fates = seeds.split();
    this.placements = new Random(seeds.nextLong());
    this.ledger = new Ledger(options.chunks());
    this.traceHash = options.seed();
  }

  /// Plays from the first upload to the last day.
  public static DurabilityResult play(DurabilityOptions options) {
    DurabilityRun run = new DurabilityRun(options);
    run.begin();
    run.runUntil(options.years() * YEAR_MILLIS);
    return run.result();
  }

  private void begin() {
    for (int i = 0; i < options.nodes(); i++) {
      addMachine();
    }
    List<Candidate> candidates =
        machines.stream().map(each -> Candidate.unknown(each.contact)).toList();
    for (int i = 0; i < options.chunks(); i++) {
      Chunk chunk = new Chunk(i, Key.random(ids));
      chunks.add(chunk);
      EncodedBlob blob = new EncodedBlob(ChunkId.fromBytes(chunk.key.toBytes()), new byte[0]);
      List<Contact> placed =
          Placement.place(blob, candidates, _ -> false, WANTED, placements).targets();
      for (Contact node : placed.subList(0, WANTED)) {
        gain(chunk, machineOf(node));
      }
    }
  }

  private void addMachine() {
    int index = machines.size();
    String host = "10." + (index >> 16 & 255) + "." + (index >> 8 & 255) + "." + (index & 255);
    Machine machine = new Machine(index, new Contact(Key.random(ids), host, 8_000));
    machines.add(machine);
    at(now + exponential(DEATH_MILLIS), () -> die(machine));
    outageLater(machine);
  }

  private Machine machineOf(Contact contact) {
    return machines.stream().filter(each -> each.contact.equals(contact)).findFirst().orElseThrow();
  }

  private void outageLater(Machine machine) {
    at(
        now + exponential(BETWEEN_OUTAGES_MILLIS),
        () -> {
          if (!machine.dead) {
            ledger.outages++;
            goDown(machine);
            at(now + exponential(OUTAGE_MILLIS), () -> comeBack(machine));
          }
        });
  }

  private void goDown(Machine machine) {
    machine.up = false;
    machine.downAt = now;
    for (int index : machine.disk) {
      Chunk chunk = chunks.get(index);
      chunk.memories.remove(machine.index);
      reachableChanged(chunk);
      everybodyLooks(chunk, NOTICED_MILLIS + NOTICED_SPREAD_MILLIS);
    }
    roll(1, machine.index);
  }

  private void comeBack(Machine machine) {
    if (machine.dead) {
      return;
    }
    machine.up = true;
    machine.busyUntil = now;
    for (int index : machine.disk) {
      Chunk chunk = chunks.get(index);
      reachableChanged(chunk);
      everybodyLooks(chunk, NOTICED_MILLIS);
    }
    roll(2, machine.index);
    outageLater(machine);
  }

  private void die(Machine machine) {
    if (machine.up) {
      goDown(machine);
    }
    machine.dead = true;
    ledger.deaths++;
    ledger.replicasDied += machine.disk.size();
    for (int index : machine.disk) {
      Chunk chunk = chunks.get(index);
      boolean gone = chunk.holders.stream().allMatch(each -> machines.get(each).dead);
      if (gone && !chunk.lost) {
        chunk.lost = true;
        ledger.chunksLost++;
      }
      at(now + FORGOTTEN_MILLIS, () -> chunk.holders.remove(machine.index));
    }
    machine.disk.clear();
    roll(3, machine.index);
    at(now + REPLACED_MILLIS, this::addMachine);
  }

  private void gain(Chunk chunk, Machine machine) {
    chunk.holders.add(machine.index);
    machine.disk.add(chunk.index);
    reachableChanged(chunk);
  }

  private void reachableChanged(Chunk chunk) {
    ledger.held(chunk.reachable, now - chunk.reachableSince);
    chunk.reachable = 0;
    for (int holder : chunk.holders) {
      chunk.reachable += machines.get(holder).up ? 1 : 0;
    }
    chunk.reachableSince = now;
    ledger.held(chunk.reachable, 0);
  }

  private void everybodyLooks(Chunk chunk, long delay) {
    for (int holder : chunk.holders) {
      if (machines.get(holder).up) {
        lookAt(chunk, holder, now + delay);
      }
    }
  }

  private void lookAt(Chunk chunk, int holder, long time) {
    Long planned = chunk.nextLook.get(holder);
    if (planned != null && planned <= time && planned > now) {
      return;
    }
    chunk.nextLook.put(holder, time);
    at(
        time,
        () -> {
          if (Long.valueOf(time).equals(chunk.nextLook.get(holder))) {
            chunk.nextLook.remove(holder);
            look(chunk, machines.get(holder));
          }
        });
  }

  private void look(Chunk chunk, Machine self) {
    if (!self.up || !self.disk.contains(chunk.index) || chunk.copying.containsKey(self.index)) {
      return;
    }
    ChunkView view = view(chunk, self);
    chunk.memories.put(self.index, view.memory());
    switch (planner.decide(view, new RepairPlanner.Situation(now, braked()))) {
      case Decision.Healthy(int replicas) -> {
        if (replicas > WANTED) {
          lookAt(chunk, self.index, now + policy.trimAfterMillis() / 8);
        }
      }
      case Decision.Wait wait -> lookAt(chunk, self.index, Math.max(now + 1, wait.untilMillis()));
      case Decision.Copy copy -> copy(chunk, self, copy.targets());
      case Decision.Trim trim -> trim(chunk, self, trim.witnesses());
    }
  }

  private ChunkView view(Chunk chunk, Machine self) {
    List<Holder> holders = new ArrayList<>();
    int replicas = 0;
    for (int index : chunk.holders) {
      Machine each = machines.get(index);
      long noticed = each.downAt + noticedAfter(self, each);
      boolean present = each.up || now < noticed;
      replicas += present ? 1 : 0;
      holders.add(
          new Holder(
              each.contact.id(),
              each.contact.host(),
              present ? Holder.State.PRESENT : Holder.State.SILENT,
              present ? 0 : noticed));
    }
    List<io.quintet.node.repair.Candidate> free = new ArrayList<>();
    for (Machine each : machines) {
      if (each.up && !chunk.holders.contains(each.index)) {
        free.add(
            new io.quintet.node.repair.Candidate(each.contact.id(), each.contact.host(), true));
      }
    }
    ChunkMemory memory =
        chunk.memories.getOrDefault(self.index, ChunkMemory.NONE).seen(now, replicas, WANTED);
    return new ChunkView(chunk.key, WANTED, self.contact.id(), holders, free, memory);
  }

  private long noticedAfter(Machine viewer, Machine gone) {
    long mixed = mix(mix(viewer.index) ^ gone.index ^ gone.downAt);
    return NOTICED_MILLIS + Math.floorMod(mixed, NOTICED_SPREAD_MILLIS);
  }

  private boolean braked() {
    int present = 0;
    List<Long> silent = new ArrayList<>();
    for (Machine each : machines) {
      if (each.up) {
        present++;
      } else if (now - each.downAt >= NOTICED_MILLIS) {
        silent.add(each.downAt + NOTICED_MILLIS);
      }
    }
    return PartitionBrake.holds(now, present, silent, policy.brakeWindowMillis());
  }

  private void copy(Chunk chunk, Machine source, List<Key> targets) {
    chunk.copying.put(source.index, targets.size());
    for (Key target : targets) {
      source.busyUntil = Math.max(source.busyUntil, now) + COPY_MILLIS;
      at(source.busyUntil, () -> copied(chunk, source, machineWith(target)));
    }
  }

  private @Nullable Machine machineWith(Key id) {
    for (Machine each : machines) {
      if (each.contact.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  private void copied(Chunk chunk, Machine source, @Nullable Machine target) {
    boolean done = source.up && target != null && target.up;
    if (done && target != null) {
      ledger.copies++;
      boolean extra = chunk.reachable >= WANTED;
      if (target.disk.contains(chunk.index)) {
        ledger.vainCopies++;
      } else {
        ledger.extraCopies += extra ? 1 : 0;
        gain(chunk, target);
        roll(4, target.index);
      }
    } else if (source.up) {
      ChunkMemory memory = chunk.memories.getOrDefault(source.index, ChunkMemory.NONE);
      chunk.memories.put(source.index, memory.failed(now));
    }
    int left = chunk.copying.getOrDefault(source.index, 1) - 1;
    if (left > 0) {
      chunk.copying.put(source.index, left);
      return;
    }
    chunk.copying.remove(source.index);
    everybodyLooks(chunk, 1);
  }

  private void trim(Chunk chunk, Machine self, List<Key> witnesses) {
    boolean proved = true;
    for (Key witness : witnesses) {
      Machine other = machineWith(witness);
      proved &= other != null && other.up && other.disk.contains(chunk.index);
    }
    if (proved) {
      chunk.holders.remove(self.index);
      self.disk.remove(chunk.index);
      chunk.memories.remove(self.index);
      ledger.trims++;
      reachableChanged(chunk);
      roll(5, self.index);
    }
  }

  private void at(long time, Runnable action) {
    future.add(new Event(time, order++, action));
  }

  private void runUntil(long end) {
    for (Event next = future.peek(); next != null && next.time <= end; next = future.peek()) {
      future.remove();
      now = next.time;
      events++;
      next.action.run();
    }
    now = end;
  }

  private DurabilityResult result() {
    for (Chunk chunk : chunks) {
      reachableChanged(chunk);
    }
    return new DurabilityResult(events, now / 1_000.0, traceHash, ledger.figures(now));
  }

  private long exponential(double mean) {
    return 1 + Math.round(-Math.log(1 - fates.nextDouble()) * mean);
  }

  private void roll(int kind, int node) {
    traceHash = mix(traceHash ^ now ^ ((long) kind << 56) ^ ((long) node << 28));
  }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
  private static long mix(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
