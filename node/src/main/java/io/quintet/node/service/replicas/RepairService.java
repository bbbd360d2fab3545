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
  private static final int AT_ONCE = 6;
  private static final Duration PAUSE_MIN = Duration.ofMillis(100);

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
  private long surveyedMillis;
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
    this.surveyedMillis = time.millis();
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
    return count.summary(budget.bytesPerSecond());
  }

  @Override
  public Step step() throws InterruptedException, StoreException {
    long now = time.millis();
    braked = isBraked(now);
    if (!surveying && (surveyWanted.getAndSet(false) || surveyIsDue(now))) {
      surveying = true;
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
    return now - surveyedMillis >= settings.surveyInterval().toMillis();
  }

  private Duration untilNext(long now) {
    long next = surveyedMillis + settings.surveyInterval().toMillis();
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
      count.publish();
      return;
    }
    cursor = page.getLast().id();
    List<ChunkView> views = surveyor.survey(page);
    for (int i = 0; i < page.size(); i++) {
      ChunkView view = views.get(i);
      Decision decision = planner.decide(view, situation());
      count.add(view, page.get(i).sizeBytes(), decision, time.millis());
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

  private void repairSome() throws InterruptedException {
    List<Callable<Optional<Due>>> jobs = new ArrayList<>();
    for (Due due = ready.poll(); due != null; due = jobs.size() < AT_ONCE ? ready.poll() : null) {
      ChunkEntry chunk = due.chunk();
      jobs.add(() -> repair(chunk));
    }
    for (Optional<Due> again : Together.run(jobs)) {
      again.ifPresent(waiting::add);
    }
  }

  /// Looks again, decides again, and acts.
  ///
  /// @return when to come back to this chunk, if at all before the next survey
  private Optional<Due> repair(ChunkEntry chunk) throws InterruptedException, StoreException {
    Optional<ChunkView> view = surveyor.look(chunk);
    if (view.isEmpty()) {
      return Optional.empty();
    }
    return switch (planner.decide(view.get(), situation())) {
      case Decision.Healthy _ -> Optional.empty();
      case Decision.Wait(int replicas, long until, Decision.Reason _) ->
          Optional.of(new Due(chunk, replicas, until));
      case Decision.Copy(int replicas, List<Key> targets) -> {
        int made = copier.copy(chunk, targets);
        budget.spend((long) chunk.sizeBytes() * targets.size());
        yield made == targets.size()
            ? Optional.empty()
            : Optional.of(
                new Due(
                    chunk, replicas + made, time.millis() + settings.repair().backOffMillisMin()));
      }
      case Decision.Trim(int _, List<Key> witnesses) -> {
        copier.trim(chunk, contacts(view.get(), witnesses));
        yield Optional.empty();
      }
    };
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
