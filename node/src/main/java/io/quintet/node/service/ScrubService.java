package io.quintet.node.service;

import io.quintet.node.fault.Failpoint;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads every stored byte again, one chunk a step, and lets the store put aside what rotted; see
/// [ScrubPlan] for the pace. Disks that are read now and then find their weak sectors while other
/// copies live (Schwarz and others, "Disk Scrubbing in Large Archival Storage Systems", MASCOTS
/// 2004).
///
/// [#askForPass] may be called by any thread.
public final class ScrubService implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(ScrubService.class);

  /// How often the place is saved: a crash makes the scrub read again what a minute brought.
  private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

  private static final Duration IDLE_MAX = Duration.ofMinutes(10);

  private final ChunkStore store;
  private final PlaceKeeper places;
  private final LongSupplier wallMillis;
  private final MonotonicTime time;
  private final AtomicLong chunks = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong passes = new AtomicLong();
  private volatile boolean asked;
  private volatile ScrubPlan plan;
  private boolean hurried;
  private long savedMillis;

  /// @param places where the place of the pass is kept
  /// @param wallMillis the wall clock
  public ScrubService(
      ChunkStore store, PlaceKeeper places, LongSupplier wallMillis, MonotonicTime time) {
    this.store = store;
    this.places = places;
    this.wallMillis = wallMillis;
    this.time = time;
    this.plan =
        places
            .load()
            .flatMap(ScrubPlan::parse)
            .orElseGet(() -> ScrubPlan.begin(wallMillis.getAsLong()));
    this.savedMillis = time.millis();
  }

  @Override
  public String name() {
    return "scrub";
  }

  /// Begins a pass at the worker's next step, without spreading it over days.
  public void askForPass() {
    asked = true;
  }

  @Override
  public Step step() throws IOException, StoreException {
    if (store.usage().volumeBad()) {
      // A disk that cannot sync may lie about what it reads, and nothing could be put right.
      return Step.idle(IDLE_MAX);
    }
    if (asked) {
      asked = false;
      hurried = true;
      plan = ScrubPlan.begin(wallMillis.getAsLong());
    }
    if (plan.done()) {
      Duration wait = plan.untilNextPass(wallMillis.getAsLong());
      if (!wait.isZero()) {
        return Step.idle(wait.compareTo(IDLE_MAX) < 0 ? wait : IDLE_MAX);
      }
      hurried = false;
      plan = ScrubPlan.begin(wallMillis.getAsLong());
    }
    List<ChunkEntry> next = store.list(plan.after(), 1);
    if (next.isEmpty()) {
      finish();
      return Step.busy();
    }
    return check(next.getFirst());
  }

  private Step check(ChunkEntry entry) throws IOException, StoreException {
    long began = time.nanos();
    ChunkStore.Verdict verdict = store.verify(entry.id());
    Failpoint.SCRUB_CHECKED.hit();
    plan = plan.read(entry.id());
    chunks.incrementAndGet();
    bytes.addAndGet(entry.sizeBytes());
    if (verdict == ChunkStore.Verdict.WRONG) {
      wrong.incrementAndGet();
      LOG.warn("the scrub found chunk {} damaged", entry.id());
    }
    if (time.millis() - savedMillis >= SAVE_EVERY.toMillis()) {
      save();
    }
    ScrubPlan.Cost cost = new ScrubPlan.Cost(entry.sizeBytes(), time.nanos() - began);
    return Step.throttled(plan.pause(wallMillis.getAsLong(), cost, left(), hurried));
  }

  private void finish() throws IOException {
    plan = plan.finished();
    passes.incrementAndGet();
    hurried = false;
    LOG.info("the scrub has read all {} chunks", plan.chunks());
    save();
  }

  /// Saves the place now; when no step runs.
  public void savePlace() throws IOException {
    save();
  }

  private void save() throws IOException {
    Failpoint.SCRUB_SAVING.hit();
    places.save(plan.text());
    savedMillis = time.millis();
    Failpoint.SCRUB_SAVED.hit();
  }

  private long left() {
    return Math.max(0, store.usage().chunks() - plan.chunks());
  }

  @Override
  public Map<String, Number> figures() {
    ScrubPlan now = plan;
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("chunksRead", chunks.get());
    figures.put("bytesRead", bytes.get());
    figures.put("damaged", wrong.get());
    figures.put("passes", passes.get());
    figures.put("passChunksRead", now.chunks());
    figures.put("passChunksLeft", now.done() ? 0 : left());
    figures.put(
        "passAgeSeconds", Math.max(0, (wallMillis.getAsLong() - now.beganMillis()) / 1_000));
    return figures;
  }
}
