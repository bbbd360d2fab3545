package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.repair.ChunkView;
import io.quintet.node.repair.Decision;
import io.quintet.node.repair.Holder;
import io.quintet.node.repair.PartitionBrake;
import io.quintet.node.repair.RepairPlanner;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.ByteBudget;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts replicas, a page of chunks at a time, and does what the [RepairPlanner] decides: the
/// chunks with the fewest replicas first, within a budget of bytes.
///
/// Before it copies, a holder looks again: it asks all holders and the likely targets whether they
/// have the chunk. A copy counts when its new holder has proved it.
public final class RepairService implements Worker {
  private static final int PAGE = 256;
  private static final int QUEUE_MAX = 20_000;
  private static final int AT_ONCE = 8;

  /// So many chunks are looked up together.
  private static final int BATCH_MAX = 32;

  /// The most that one chunk costs.
  private static final long COPY_BYTES = 4L << 20;

  private static final Duration PAUSE_MIN = Duration.ofMillis(100);

  /// While much changes, chunks are counted again after this time, or after ten times what the last
  /// count took.
  private static final Duration RECOUNT_MIN = Duration.ofSeconds(10);

  private static final int RECOUNT_SHARE = 20;

  /// A node spends no more than a fifth of its time counting.
  private static final int REST_SHARE = 4;

  private final ChunkStore store;
  private final MonotonicTime time;
  private final NodeWatch watch;
  private final Surveyor surveyor;
  private final RepairPlanner planner;
  private final ReplicaCopier copier;
  private final UpkeepSettings settings;
  private final ByteBudget budget;
  private final ReplicaCount count = new ReplicaCount();

  /// What is due, or will be: the fewest replicas first among the due ones.
  private record Due(ChunkEntry chunk, int replicas, long atMillis) {}

  private final PriorityQueue<Due> ready =
      new PriorityQueue<>(Comparator.comparingInt(Due::replicas));
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Due::atMillis));
  private final AtomicBoolean surveyWanted = new AtomicBoolean(true);
  private @Nullable Key cursor;
  private boolean surveying;
  private long surveyBeganMillis;
  private long surveyedMillis;
  private int countedChunks;
  private int knownChunks;
  private long grewMillis;
  private final RepairRate rate;
  private volatile boolean braked;
  private final AtomicLong queued = new AtomicLong();

  RepairService(
      Ground ground,
      NodeWatch watch,
      ReplicaBook book,
      Surveyor surveyor,
      UpkeepSettings settings) {
    this.store = ground.store();
    this.time = ground.time();
    this.watch = watch;
    this.surveyor = surveyor;
    this.planner = new RepairPlanner(settings.repair());
    this.copier = new ReplicaCopier(ground, watch, book);
    this.settings = settings;
    this.budget = new ByteBudget(time, settings.repairBytesPerSecond());
    this.rate = new RepairRate(settings.repairBytesPerSecond());
    this.surveyedMillis = time.millis();
    this.surveyBeganMillis = surveyedMillis;
  }

  @Override
  public String name() {
    return "repair";
  }

  /// Something changed: count again soon.
  void surveySoon() {
    surveyWanted.set(true);
  }

  /// What the last count found.
  public ReplicaCount.Summary summary() {
    return count.summary(rate.bytesPerSecond(), time.millis());
  }

  @Override
  public Step step() throws InterruptedException, StoreException {
    long now = time.millis();
    braked = isBraked(now);
    watchGrowth(now);
    if (!surveying && surveyIsDue(now)) {
      surveying = true;
      surveyWanted.set(false);
      surveyBeganMillis = now;
      countedChunks = store.usage().chunks();
      cursor = null;
      ready.clear();
      waiting.clear();
      count.begin();
    }
    if (surveying) {
      surveyPage();
    }
    for (Due due = waiting.peek(); due != null && due.atMillis() <= now; due = waiting.peek()) {
      waiting.poll();
      ready.add(due);
    }
    queued.set(ready.size() + waiting.size());
    if (!ready.isEmpty()) {
      Duration debt = budget.debt();
      if (!debt.isZero()) {
        return surveying ? Step.busy() : Step.throttled(debt);
      }
      repairSome();
      return Step.busy();
    }
    return surveying ? Step.busy() : Step.idle(untilNext(time.millis()));
  }

  private boolean surveyIsDue(long now) {
    return now - surveyedMillis >= pauseMillis();
  }

  private long pauseMillis() {
    return surveyWanted.get() ? restMillis() : surveyPauseMillis();
  }

  /// Between two counts even when something changed: on a machine with too much to do nodes seem to
  /// come and go all the time, and to count all the time would keep it so.
  private long restMillis() {
    long took = surveyedMillis - surveyBeganMillis;
    return Math.min(settings.surveyInterval().toMillis(), REST_SHARE * took);
  }

  private void watchGrowth(long now) {
    int chunks = store.usage().chunks();
    if (chunks != knownChunks) {
      knownChunks = chunks;
      grewMillis = now;
    }
  }

  /// Until the next count: soon while replicas are missing, or when many chunks came that were not
  /// counted yet, so that what this node says of them is true. Not while they still come: their
  /// owner waits for this machine, and the count would be old at once.
  private long surveyPauseMillis() {
    long usual = settings.surveyInterval().toMillis();
    boolean much =
        knownChunks - countedChunks > countedChunks / 4
            && time.millis() - grewMillis >= RECOUNT_MIN.toMillis();
    if (!much && summary().shortChunks() == 0) {
      return usual;
    }
    long took = surveyedMillis - surveyBeganMillis;
    return Math.min(usual, Math.max(RECOUNT_MIN.toMillis(), RECOUNT_SHARE * took));
  }

  /// Until the next count, or until the next look whether there is more to count than was known.
  private Duration untilNext(long now) {
    long next = Math.min(surveyedMillis + pauseMillis(), now + RECOUNT_MIN.toMillis());
    Due first = waiting.peek();
    if (first != null) {
      next = Math.min(next, first.atMillis());
    }
    return Duration.ofMillis(Math.max(PAUSE_MIN.toMillis(), next - now));
  }

  private boolean isBraked(long now) {
    List<Long> silent = new ArrayList<>();
    int present = 0;
    for (Neighbour node : watch.all()) {
      switch (node.state()) {
        case PRESENT -> present++;
        case SILENT -> {
          // Who never answered us did not vanish.
          if (node.facts() != null) {
            silent.add(node.sinceMillis());
          }
        }
        case LEFT, WITHOUT -> {}
      }
    }
    return PartitionBrake.holds(now, present, silent, settings.repair().brakeWindowMillis());
  }

  private void surveyPage() throws InterruptedException, StoreException {
    List<ChunkEntry> page = store.list(cursor, PAGE);
    if (page.isEmpty()) {
      surveying = false;
      surveyedMillis = time.millis();
      count.publish(surveyedMillis);
      return;
    }
    cursor = page.getLast().id();
    List<ChunkView> views = surveyor.survey(page);
    for (int i = 0; i < page.size(); i++) {
      ChunkView view = views.get(i);
      Decision decision = planner.decide(view, situation());
      count.add(view, page.get(i).sizeBytes(), afterwards(view, decision), time.millis());
      enqueue(page.get(i), decision);
    }
  }

  private RepairPlanner.Situation situation() {
    return new RepairPlanner.Situation(time.millis(), braked);
  }

  private void enqueue(ChunkEntry chunk, Decision decision) {
    if (ready.size() + waiting.size() >= QUEUE_MAX) {
      // The next survey finds it again, when there is room.
      return;
    }
    switch (decision) {
      case Decision.Healthy _ -> {}
      case Decision.Wait(int replicas, long until, Decision.Reason _) ->
          waiting.add(new Due(chunk, replicas, until));
      case Decision.Copy(int replicas, List<Key> _) -> ready.add(new Due(chunk, replicas, 0));
      case Decision.Trim(int replicas, List<Key> _) -> ready.add(new Due(chunk, replicas, 0));
    }
  }

  /// What will be decided when `decision` has been carried out.
  private Decision afterwards(ChunkView view, Decision decision) {
    return switch (decision) {
      case Decision.Copy(int _, List<Key> targets) ->
          planner.decide(view.with(targets), situation());
      case Decision.Healthy _, Decision.Wait _, Decision.Trim _ -> decision;
    };
  }

  private void repairSome() throws InterruptedException {
    // No more together than the budget gives in about a second.
    long most = Math.clamp(budget.bytesPerSecond() / COPY_BYTES, 1, BATCH_MAX);
    List<ChunkEntry> batch = new ArrayList<>();
    for (Due due = ready.poll(); due != null; due = batch.size() < most ? ready.poll() : null) {
      batch.add(due.chunk());
    }
    long began = time.nanos();
    long before = copier.copiedBytes();
    Map<Key, List<Contact>> recorded = surveyor.recorded(batch);
    List<Callable<Optional<Due>>> jobs = new ArrayList<>();
    for (ChunkEntry chunk : batch) {
      jobs.add(() -> repair(chunk, recorded.getOrDefault(chunk.id(), List.of())));
    }
    for (Optional<Due> again : Together.run(jobs, AT_ONCE)) {
      again.ifPresent(waiting::add);
    }
    rate.measured(copier.copiedBytes() - before, time.nanos() - began);
  }

  /// Looks again, decides again, and acts.
  ///
  /// @return when to come back to this chunk, if at all before the next survey
  private Optional<Due> repair(ChunkEntry chunk, List<Contact> recorded)
      throws InterruptedException, StoreException {
    Optional<ChunkView> view = surveyor.look(chunk, recorded);
    if (view.isEmpty()) {
      return Optional.empty();
    }
    return switch (planner.decide(view.get(), situation())) {
      case Decision.Healthy _ -> Optional.empty();
      case Decision.Wait wait -> again(chunk, wait);
      case Decision.Copy(int replicas, List<Key> targets) -> {
        budget.spend((long) chunk.sizeBytes() * targets.size());
        List<Key> made = copier.copy(chunk, targets);
        if (made.size() < targets.size()) {
          long later = time.millis() + settings.repair().backOffMillisMin();
          yield Optional.of(new Due(chunk, replicas + made.size(), later));
        }
        // Some replicas may be due later: when, is known now.
        yield planner.decide(view.get().with(made), situation()) instanceof Decision.Wait wait
            ? again(chunk, wait)
            : Optional.empty();
      }
      case Decision.Trim(int _, List<Key> witnesses) -> {
        copier.trim(chunk, contacts(view.get(), witnesses));
        yield Optional.empty();
      }
    };
  }

  private static Optional<Due> again(ChunkEntry chunk, Decision.Wait wait) {
    return Optional.of(new Due(chunk, wait.replicas(), wait.untilMillis()));
  }

  private List<Contact> contacts(ChunkView view, List<Key> nodes) {
    List<Contact> contacts = new ArrayList<>();
    for (Holder holder : view.holders()) {
      if (nodes.contains(holder.node())) {
        watch.of(holder.node()).ifPresent(node -> contacts.add(node.contact()));
      }
    }
    return contacts;
  }

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    ReplicaCount.Summary summary = summary();
    figures.put("short", summary.shortChunks());
    figures.put("queued", queued.get());
    figures.put("braked", braked ? 1 : 0);
    copier.addTo(figures);
    return figures;
  }
}
