package io.quintet.node.service;

import io.quintet.dht.records.Tombstone;
import io.quintet.node.tombstone.Tombstones;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Tells the network again and again, once a day, what was deleted here: the nodes that holders
/// announce themselves to change, and a holder may come back after a year.
///
/// One holder that lives is enough, and none needs to know of the others.
public final class SpreadService implements Worker {
  private static final Duration PASS = Duration.ofHours(24);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final int PAGE = 500;
  private static final long SPREAD_SECONDS_MAX = 60;

  private final Tombstones tombstones;
  private final Function<Collection<Tombstone>, Future<Void>> spread;
  private final MonotonicTime time;
  private long nextPassNanos;
  private int cursor = -1;
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong passes = new AtomicLong();

  /// @param spread brings tombstones to the nodes that holders announce themselves to
  public SpreadService(
      Tombstones tombstones,
      Function<Collection<Tombstone>, Future<Void>> spread,
      MonotonicTime time) {
    this.tombstones = tombstones;
    this.spread = spread;
    this.time = time;
    this.nextPassNanos = time.nanos() + FIRST_PAUSE.toNanos();
  }

  @Override
  public String name() {
    return "tombstones";
  }

  @Override
  public Step step() throws IOException, InterruptedException, TimeoutException {
    long now = time.nanos();
    if (cursor < 0) {
      if (nextPassNanos - now > 0) {
        return Step.idle(Duration.ofNanos(nextPassNanos - now));
      }
      nextPassNanos = now + PASS.toNanos();
      cursor = 0;
    }
    Tombstones.Page page = tombstones.page(cursor, PAGE);
    if (!page.tombstones().isEmpty()) {
      spread.apply(page.tombstones()).await(SPREAD_SECONDS_MAX, TimeUnit.SECONDS);
      told.addAndGet(page.tombstones().size());
    }
    cursor = page.next();
    if (cursor < 0) {
      passes.incrementAndGet();
      return Step.idle(Duration.ofNanos(Math.max(1, nextPassNanos - time.nanos())));
    }
    long pages = Math.max(1, tombstones.heldCount() / PAGE);
    Duration pace = PASS.dividedBy(2 * pages);
    return Step.throttled(pace.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : pace);
  }

  @Override
  public Map<String, Number> figures() {
    return Map.of("told", told.get(), "passes", passes.get());
  }
}
