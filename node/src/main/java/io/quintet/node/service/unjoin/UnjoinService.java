package io.quintet.node.service.unjoin;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.peer.Peers;
import io.quintet.node.service.PlaceKeeper;
import io.quintet.node.service.replicas.Ground;
import io.quintet.node.service.replicas.Together;
import io.quintet.node.service.unjoin.Companions.Companion;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes this node out of its network for good: journalled, so that it goes on after a crash; every
/// chunk is proved by as many others as its owner wants (or all there are) before the node goes.
///
/// The hand-over needs no place on disk: what was handed over before a crash is proved again, which
/// moves no bytes. Rounds are repeated over the chunks that could not be placed, for as long as it
/// takes, while the node goes on serving.
public final class UnjoinService implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(UnjoinService.class);
  private static final int AT_ONCE = 6;
  private static final int UNPLACED_MAX = 10_000;
  private static final Duration UPLOADS_LOOK = Duration.ofMillis(200);
  private static final Duration UPLOADS_TIME_MAX = Duration.ofSeconds(60);
  private static final Duration STAYING = Duration.ofMinutes(1);
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

  private final MonotonicTime time;
  private final IntSupplier uploads;
  private final Peers peers;
  private final ChunkStore store;
  private final PlaceKeeper journal;
  private final Runnable left;
  private final Companions companions;
  private final HandOver handOver;
  private final TreeSet<Key> unplaced = new TreeSet<>();
  private volatile Departure departure;
  private @Nullable Key cursor;
  private boolean firstRound = true;
  private boolean overflow;
  private boolean waiting;
  private boolean quiet;
  private long waitingSince;

  private final AtomicLong done = new AtomicLong();
  private volatile int others;
  private volatile long unplacedCount;

  /// @param journal where the departure is written down
  /// @param uploads how many uploads are still under way that began before this node left
  /// @param left called once, when everything is handed over and that is written down
  public UnjoinService(Ground ground, PlaceKeeper journal, IntSupplier uploads, Runnable left) {
    this.time = ground.time();
    this.uploads = uploads;
    this.peers = ground.peers();
    this.store = ground.store();
    this.journal = journal;
    this.left = left;
    this.companions = new Companions(peers, ground.time());
    this.handOver = new HandOver(peers, store);
    this.departure = journal.load().map(Departure::of).orElse(Departure.STAYING);
  }

  /// How far this node is on its way out.
  public Departure departure() {
    return departure;
  }

  /// From now on this node leaves; durable when this returns.
  public synchronized void begin(boolean force) throws IOException {
    if (departure != Departure.REMOVING) {
      save(force ? Departure.LEAVING_FORCED : Departure.LEAVING);
      Failpoint.UNJOIN_JOURNALLED.hit();
    }
  }

  private void save(Departure next) throws IOException {
    journal.save(next.text());
    departure = next;
  }

  @Override
  public String name() {
    return "unjoin";
  }

  @Override
  public Step step() throws Exception {
    if (departure == Departure.REMOVING) {
      left.run();
      return Step.done();
    }
    if (!departure.isLeaving()) {
      return Step.idle(STAYING);
    }
    if (!isQuiet()) {
      return Step.idle(UPLOADS_LOOK);
    }
    Failpoint.UNJOIN_BEGUN.hit();
    Collection<Companion> staying = companions.now();
    others = staying.size();
    List<ChunkEntry> page = nextPage();
    if (page.isEmpty()) {
      return endOfRound();
    }
    handOver(page, staying);
    return Step.busy();
  }

  /// Whether no upload that began before the node left can still add a chunk: one that did would be
  /// missed by the round. An upload's deadline ends the wait in any case.
  private boolean isQuiet() {
    if (!waiting) {
      waiting = true;
      waitingSince = time.nanos();
    }
    quiet |= uploads.getAsInt() == 0;
    quiet |= time.nanos() - waitingSince >= UPLOADS_TIME_MAX.toNanos();
    return quiet;
  }

  private List<ChunkEntry> nextPage() {
    List<ChunkEntry> page = new ArrayList<>();
    if (firstRound) {
      page.addAll(store.list(cursor, AT_ONCE));
    } else {
      for (Key id = next(); id != null && page.size() < AT_ONCE; id = unplaced.higher(id)) {
        page.add(new ChunkEntry(id, 0));
      }
    }
    if (!page.isEmpty()) {
      cursor = page.getLast().id();
    }
    return page;
  }

  private @Nullable Key next() {
    if (unplaced.isEmpty()) {
      return null;
    }
    return cursor == null ? unplaced.first() : unplaced.higher(cursor);
  }

  private void handOver(List<ChunkEntry> page, Collection<Companion> staying) throws Exception {
    Map<Key, List<Contact>> holders = peers.holders(page.stream().map(ChunkEntry::id).toList());
    List<Callable<HandOver.Outcome>> jobs = new ArrayList<>();
    for (ChunkEntry chunk : page) {
      List<Contact> known = holders.getOrDefault(chunk.id(), List.of());
      jobs.add(() -> handOver.handOver(chunk, known, staying));
    }
    List<HandOver.Outcome> outcomes = Together.run(jobs);
    for (int i = 0; i < page.size(); i++) {
      settle(page.get(i).id(), outcomes.get(i));
    }
    Failpoint.UNJOIN_PAGE_PROVED.hit();
  }

  private void settle(Key id, HandOver.Outcome outcome) {
    boolean safe =
        switch (outcome) {
          case SAFE -> true;
          case SHORT -> departure == Departure.LEAVING_FORCED;
          case ALONE -> false;
        };
    if (safe) {
      unplaced.remove(id);
      if (firstRound || !overflow) {
        done.incrementAndGet();
      }
    } else if (unplaced.size() < UNPLACED_MAX) {
      unplaced.add(id);
    } else {
      overflow = true;
    }
    unplacedCount = unplaced.size();
  }

  private Step endOfRound() throws IOException {
    cursor = null;
    if (unplaced.isEmpty() && !overflow) {
      save(Departure.REMOVING);
      Failpoint.UNJOIN_HANDED_OVER.hit();
      LOG.info("every chunk is handed over and proved; this node leaves");
      return Step.busy();
    }
    LOG.info("{} chunks are not handed over yet; {} nodes stay", unplaced.size(), others);
    if (overflow) {
      // More than can be remembered: everything is looked at again.
      unplaced.clear();
      overflow = false;
      firstRound = true;
      done.set(0);
    } else {
      firstRound = false;
    }
    return Step.idle(BETWEEN_ROUNDS);
  }

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("leaving", departure == Departure.STAYING ? 0 : 1);
    figures.put("handedOver", done.get());
    figures.put("unplaced", unplacedCount);
    figures.put("copied", handOver.copied());
    figures.put("copiedBytes", handOver.copiedBytes());
    figures.put("others", others);
    return figures;
  }
}
