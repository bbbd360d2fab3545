package io.quintet.node.service;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.peer.Peers;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.ChunkWriter;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches again what this node had and lost to its disk, from another holder. What nobody gives in
/// time is left to the repair by its other holders.
///
/// [#lost] may be called by any thread.
public final class HealService implements Worker {
  private static final Logger LOG = LoggerFactory.getLogger(HealService.class);

  /// More losses than this at once are a lost disk, which is the repair's work.
  private static final int WAITING_MAX = 100_000;

  private static final int TRIES_MAX = 8;

  /// A chunk that this many others hold does not miss a copy here.
  private static final int ENOUGH = 5;

  private static final Duration RETRY_FIRST = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final ChunkStore store;
  private final Peers peers;
  private final Announcer announcer;
  private final MonotonicTime time;
  private final Map<Key, Try> waiting = new LinkedHashMap<>();
  private final AtomicLong healed = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();

  /// A worker over `store` and the other nodes.
  public HealService(ChunkStore store, Peers peers, Announcer announcer, MonotonicTime time) {
    this.store = store;
    this.peers = peers;
    this.announcer = announcer;
    this.time = time;
  }

  /// @param number of this try, 0 for the first
  /// @param dueMillis when it is made
  private record Try(int number, long dueMillis) {}

  @Override
  public String name() {
    return "heal";
  }

  /// This node no longer has a right copy of `id`: others must not be sent here for it, and it is
  /// fetched again.
  public void lost(Key id) {
    announcer.unprovide(List.of(id));
    fetchAgain(id);
  }

  /// The copy of `id` was gone when this node started, so nobody was told of it by this run: it is
  /// fetched again.
  public void fetchAgain(Key id) {
    synchronized (waiting) {
      if (waiting.size() < WAITING_MAX) {
        waiting.putIfAbsent(id, new Try(0, time.millis()));
      } else {
        givenUp.incrementAndGet();
      }
    }
  }

  @Override
  public Step step() throws InterruptedException, IOException {
    Map.Entry<Key, Try> due = due();
    if (due == null) {
      return Step.idle(LOOK_AGAIN);
    }
    Key id = due.getKey();
    Failpoint.HEAL_BEGUN.hit();
    boolean settled = store.has(id) || heal(id);
    synchronized (waiting) {
      Try last = due.getValue();
      waiting.remove(id);
      if (!settled && last.number + 1 < TRIES_MAX) {
        long pause = RETRY_FIRST.toMillis() << last.number;
        waiting.put(id, new Try(last.number + 1, time.millis() + pause));
      } else if (!settled) {
        givenUp.incrementAndGet();
        LOG.warn("no other node gives chunk {}, which was damaged here", id);
      }
    }
    return Step.busy();
  }

  private Map.@Nullable Entry<Key, Try> due() {
    long now = time.millis();
    synchronized (waiting) {
      for (Map.Entry<Key, Try> entry : waiting.entrySet()) {
        if (entry.getValue().dueMillis <= now) {
          return Map.entry(entry.getKey(), entry.getValue());
        }
      }
    }
    return null;
  }

  /// Whether `id` needs no further try.
  private boolean heal(Key id) throws InterruptedException, IOException {
    List<Contact> holders = peers.holders(List.of(id)).getOrDefault(id, List.of());
    if (holders.size() >= ENOUGH) {
      return true;
    }
    for (Contact holder : holders) {
      if (peers.fetch(holder, id) instanceof Peers.FetchAnswer.Fetched(byte[] blob)) {
        Failpoint.HEAL_FETCHED.hit();
        return keep(id, blob);
      }
    }
    return false;
  }

  private boolean keep(Key id, byte[] blob) throws IOException {
    try (ChunkWriter writer = store.begin(id, blob.length, false)) {
      writer.write(List.of(ByteBuffer.wrap(blob)));
      writer.commit();
    } catch (StoreException e) {
      LOG.info("chunk {} came back and is not kept: {}", id, e.getMessage());
      return e.kind() != StoreException.Kind.NO_ROOM;
    }
    Failpoint.HEAL_STORED.hit();
    announcer.provide(List.of(id));
    healed.incrementAndGet();
    LOG.info("chunk {} was damaged here and is whole again", id);
    return true;
  }

  @Override
  public Map<String, Number> figures() {
    int now;
    synchronized (waiting) {
      now = waiting.size();
    }
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("waiting", now);
    figures.put("healed", healed.get());
    figures.put("givenUp", givenUp.get());
    return figures;
  }
}
