package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import io.quintet.node.peer.Peers;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.ByteBudget;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks, in passes over all chunks, that other holders have what they are said to have: each
/// chunk at one other holder per pass, another one each time, by proof of possession.
///
/// - **ok**: proved. **missing**: the node says it has not got it. **wrong**: it proved other
///   bytes, while this node's own copy was hashed and is right.
/// - **timeout**: no answer. It means nothing by itself and is tried again, at most as often as the
///   settings say; a node that is offline is never called wrong.
///
/// Who is missing a copy, or has a wrong one, no longer counts as a holder (see [ReplicaBook]), so
/// that repair makes another. Nothing is ever removed because of an audit.
public final class AuditService implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(AuditService.class);
  private static final int PAGE = 64;
  private static final int RETRIES_MAX = 10_000;
  private static final Duration NOTHING_TO_DO = Duration.ofSeconds(5);

  private final ChunkStore store;
  private final Peers peers;
  private final MonotonicTime time;
  private final NodeWatch watch;
  private final ReplicaBook book;
  private final Examiner examiner;
  private final UpkeepSettings settings;
  private final ByteBudget budget;
  private final Runnable repair;

  private final Deque<Examination> page = new ArrayDeque<>();
  private final Map<Examination, Retry> retries = new LinkedHashMap<>();
  private final AtomicBoolean passWanted = new AtomicBoolean();
  private @Nullable Key cursor;
  private boolean passRunning;
  private boolean hurried;
  private long passStartMillis;

  private final Map<Examiner.Finding, Long> findings = new EnumMap<>(Examiner.Finding.class);
  private long passes;
  private long examinedInPass;

  private record Examination(ChunkEntry chunk, Contact node) {}

  private record Retry(int attempts, long atMillis) {}

  /// @param repair told when a replica turned out to be missing or wrong
  AuditService(
      Ground ground, NodeWatch watch, ReplicaBook book, UpkeepSettings settings, Runnable repair) {
    this.store = ground.store();
    this.peers = ground.peers();
    this.time = ground.time();
    this.watch = watch;
    this.book = book;
    this.examiner = new Examiner(peers);
    this.settings = settings;
    this.budget = new ByteBudget(time, settings.auditBytesPerSecond());
    this.repair = repair;
    this.passStartMillis = time.millis();
  }

  @Override
  public String name() {
    return "audit";
  }

  /// Starts a pass now, as fast as the budget allows.
  ///
  /// @return the number of that pass
  public long startPass() {
    passWanted.set(true);
    synchronized (this) {
      return passes + 1;
    }
  }

  @Override
  public Step step() throws InterruptedException, StoreException {
    if (passWanted.getAndSet(false)) {
      begin(true);
    }
    Duration debt = budget.debt();
    if (!debt.isZero()) {
      return Step.throttled(debt);
    }
    Examination retry = dueRetry();
    if (retry != null) {
      examine(retry);
      return Step.busy();
    }
    if (!passRunning) {
      long left = passStartMillis + settings.auditPass().toMillis() - time.millis();
      if (passes > 0 && left > 0) {
        return Step.idle(shorter(Duration.ofMillis(left), NOTHING_TO_DO));
      }
      begin(false);
    }
    Examination next = next();
    if (next == null) {
      return end();
    }
    examine(next);
    return hurried ? Step.busy() : Step.throttled(pace());
  }

  private synchronized void begin(boolean hurry) {
    cursor = null;
    page.clear();
    passRunning = true;
    hurried = hurry;
    passStartMillis = time.millis();
    examinedInPass = 0;
  }

  private synchronized Step end() {
    passRunning = false;
    passes++;
    return Step.idle(NOTHING_TO_DO);
  }

  /// So that a pass takes as long as it may.
  private Duration pace() {
    int chunks = Math.max(1, store.usage().chunks());
    return settings.auditPass().dividedBy(chunks);
  }

  private @Nullable Examination next() throws InterruptedException {
    while (page.isEmpty()) {
      List<ChunkEntry> chunks = store.list(cursor, PAGE);
      if (chunks.isEmpty()) {
        return null;
      }
      cursor = chunks.getLast().id();
      Map<Key, List<Contact>> holders = peers.holders(chunks.stream().map(ChunkEntry::id).toList());
      for (ChunkEntry chunk : chunks) {
        List<Contact> others = holders.getOrDefault(chunk.id(), List.of());
        watch.meet(others);
        examinee(chunk, others).ifPresent(page::add);
      }
    }
    return page.poll();
  }

  /// Another holder each pass, and not all holders the same one.
  private Optional<Examination> examinee(ChunkEntry chunk, List<Contact> others) {
    List<Contact> present = new ArrayList<>(others);
    present.removeIf(each -> watch.of(each.id()).filter(Neighbour::isPresent).isEmpty());
    if (present.isEmpty()) {
      return Optional.empty();
    }
    List<Contact> order = HashOrder.sorted(chunk.id(), present, Contact::id);
    int own = Math.floorMod(peers.self().hashCode(), order.size());
    long turn = own + passes;
    return Optional.of(
        new Examination(chunk, order.get((int) Math.floorMod(turn, (long) order.size()))));
  }

  private void examine(Examination examination) throws InterruptedException, StoreException {
    Key id = examination.chunk().id();
    Optional<byte[]> blob = OwnCopy.read(store, id);
    budget.spend(examination.chunk().sizeBytes());
    if (blob.isEmpty()) {
      return;
    }
    Contact node = examination.node();
    Examiner.Finding finding = examiner.examine(node, id, blob.get());
    switch (finding) {
      case OK -> {
        book.holds(id, node.id());
        retries.remove(examination);
      }
      case TIMEOUT -> later(examination);
      case MISSING, WRONG -> {
        LOG.warn("audit: node {} has {} copy of chunk {}", node.id(), finding, id);
        book.caughtWithout(id, node.id(), time.millis());
        retries.remove(examination);
        repair.run();
      }
    }
    synchronized (this) {
      findings.merge(finding, 1L, Long::sum);
      examinedInPass++;
    }
  }

  private void later(Examination examination) {
    Retry before = retries.remove(examination);
    int attempts = before == null ? 0 : before.attempts();
    if (attempts < settings.auditRetries().size() && retries.size() < RETRIES_MAX) {
      long at = time.millis() + settings.auditRetries().get(attempts).toMillis();
      retries.put(examination, new Retry(attempts + 1, at));
    }
  }

  private @Nullable Examination dueRetry() {
    long now = time.millis();
    for (Map.Entry<Examination, Retry> entry : retries.entrySet()) {
      if (entry.getValue().atMillis() <= now) {
        return store.has(entry.getKey().chunk().id()) ? entry.getKey() : forget(entry.getKey());
      }
    }
    return null;
  }

  private @Nullable Examination forget(Examination examination) {
    retries.remove(examination);
    return null;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  @Override
  public synchronized Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("passes", passes);
    figures.put("examinedInPass", examinedInPass);
    for (Examiner.Finding finding : Examiner.Finding.values()) {
      figures.put(finding.name().toLowerCase(Locale.ROOT), findings.getOrDefault(finding, 0L));
    }
    return figures;
  }
}
