package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// One search for enough live nodes: ends when there are enough, when it is quiet and lookups bring
/// nobody new, or when the time is over. Belongs to the engine's context.
final class Discovery {
  private static final long TICK_MILLIS = 10;
  private static final long QUIET_MILLIS = 60;

  /// How long it must be quiet while fewer than needed are known.
  private static final long PATIENT_QUIET_MILLIS = 1_500;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long PAUSE_MILLIS_MAX = 3_000;

  /// Lookups of random places that must bring nobody new before a network that one answer cannot
  /// list counts as known.
  private static final int VAIN_LOOKUPS = 3;

  private static final int NODES_PER_LOOKUP = 20;

  private final Vertx vertx;
  private final EngineLoop loop;
  private final Seeking seeking;
  private final Runnable round;
  private final int needed;
  private final int wanted;
  private final RandomGenerator random;
  private final Promise<List<Contact>> result = Promise.promise();
  private final Map<Key, Contact> found = new LinkedHashMap<>();

  private final long startNanos = System.nanoTime();
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private long roundAtMillis;
  private long quietSinceMillis;
  private int vainLookups;
  private boolean looking;
  private long lastTimer = -1;

  /// @param round tries every path once
  Discovery(
      Vertx vertx,
      EngineLoop loop,
      Seeking seeking,
      Runnable round,
      int needed,
      int wanted,
      RandomGenerator random) {
    this.vertx = vertx;
    this.loop = loop;
    this.seeking = seeking;
    this.round = round;
    this.needed = needed;
    this.wanted = wanted;
    this.random = random;
  }

  /// Starts.
  ///
  /// @param limit when nobody is heard; doubled when somebody is, but nobody has proven itself yet
  /// @return everybody who was found, proven members first; empty when nobody answered in time
  Future<List<Contact>> run(Duration limit) {
    long timer = vertx.setPeriodic(TICK_MILLIS, fired -> tick());
    lastTimer = vertx.setTimer(Math.max(1, limit.toMillis()), fired -> last(limit));
    tick();
    return result
        .future()
        .onComplete(done -> {
          vertx.cancelTimer(timer);
          vertx.cancelTimer(lastTimer);
        });
  }

  /// The time is over. Whoever was heard but is too busy to prove itself gets as much again.
  private void last(Duration limit) {
    if (found.isEmpty() && seeking.hasHeardAnybody()) {
      lastTimer = vertx.setTimer(Math.max(1, limit.toMillis()), fired -> end());
    } else {
      end();
    }
  }

  private void tick() {
    long now = (System.nanoTime() - startNanos) / 1_000_000;
    add(loop.members(), now);
    if (found.size() >= wanted) {
      end();
    } else if (isQuiet(now)) {
      look();
    } else if (now >= roundAtMillis) {
      round.run();
      roundAtMillis = now + pauseMillis;
      pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
    }
  }

  private boolean isQuiet(long now) {
    return !found.isEmpty()
        && !looking
        && now - quietSinceMillis >= quietMillis()
        && !seeking.isExpecting();
  }

  private long quietMillis() {
    return found.size() < needed ? PATIENT_QUIET_MILLIS : QUIET_MILLIS;
  }

  private void look() {
    if (vainLookups >= (found.size() < NODES_PER_LOOKUP ? 1 : VAIN_LOOKUPS)) {
      end();
      return;
    }
    looking = true;
    loop.findNodes(Key.random(random), 1)
        .onComplete(contacts -> looked(contacts), failure -> looked(List.of()));
  }

  private void looked(List<Contact> contacts) {
    looking = false;
    long now = (System.nanoTime() - startNanos) / 1_000_000;
    vainLookups = add(contacts, now) ? 0 : vainLookups + 1;
  }

  private boolean add(List<Contact> contacts, long now) {
    boolean anew = false;
    for (Contact contact : contacts) {
      anew |= found.putIfAbsent(contact.id(), contact) == null;
    }
    if (anew) {
      quietSinceMillis = now;
    }
    return anew;
  }

  private void end() {
    result.tryComplete(List.copyOf(found.values()));
  }
}
