package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.records.ProviderRecords;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What this node tells and keeps for others. A client is silent.
final class Answers {
  private static final long SWEEP_MILLIS = 1_000;
  private static final int SWEEPS_PER_ROUND = 60;

  private final @Nullable Contact self;
  private final DhtConfig config;
  private final Membership membership;
  private final Upkeep upkeep;
  private final ProviderRecords records;
  private final HeldStores held;
  private long sweepAt = Long.MAX_VALUE;

  Answers(
      @Nullable Contact self, DhtConfig config, Membership membership, Upkeep upkeep, long seed) {
    this.self = self;
    this.config = config;
    this.membership = membership;
    this.upkeep = upkeep;
    this.held = new HeldStores(config.storesHeldMax());
    this.records =
        new ProviderRecords(
            new ProviderRecords.Limits(
                config.recordTtlMillis(),
                config.providersPerKeyMax(),
                config.recordsPerSenderMax(),
                config.recordsMax()),
            seed);
  }

  void asked(Turn turn, DhtEvent.Asked asked) {
    if (self == null) {
      return;
    }
    Contact from = asked.from();
    switch (asked.request()) {
      case DhtRequest.Ping() -> reply(turn, asked, new DhtResponse.Pong(0));
      case DhtRequest.FindNode(Key target) ->
          reply(turn, asked, new DhtResponse.Nodes(closest(target, from)));
      case DhtRequest.FindValue(Key target, List<Key> keys) ->
          reply(
              turn, asked, new DhtResponse.Values(found(turn.now(), keys), closest(target, from)));
      case DhtRequest.Store(List<Key> keys) -> store(turn, asked, keys);
      case DhtRequest.Withdraw(Key provider) -> {
        records.withdraw(provider);
        reply(turn, asked, new DhtResponse.Stored(0, ""));
      }
    }
    if (from != null) {
      membership.calledBy(turn.now(), from, asked.boot());
    }
  }

  /// Who provides `key` as far as this node knows, itself included.
  List<Contact> providers(long now, Key key) {
    List<Contact> known = records.providers(now, key);
    if (self != null && upkeep.provides(key)) {
      known.addFirst(self);
    }
    return known;
  }

  /// `contact` proved itself: its stores are taken.
  void proved(Turn turn, Contact contact) {
    for (HeldStores.Held store : held.take(contact)) {
      turn.emit(new DhtEffect.Reply(store.requestId(), keep(turn.now(), contact, store.keys())));
    }
  }

  /// `contact` did not prove itself: its stores are refused.
  void unproved(Turn turn, Contact contact) {
    for (HeldStores.Held store : held.take(contact)) {
      refuse(turn, store.requestId(), "you did not answer a ping at the address you gave");
    }
  }

  /// Drops what has expired.
  void due(long now) {
    if (sweepAt <= now) {
      records.expire(now, records.places() / SWEEPS_PER_ROUND + 16);
      sweepAt = records.size() == 0 ? Long.MAX_VALUE : now + SWEEP_MILLIS;
    }
  }

  long nextWakeup() {
    return sweepAt;
  }

  private void store(Turn turn, DhtEvent.Asked asked, List<Key> keys) {
    Contact from = asked.from();
    if (from == null) {
      refuse(turn, asked.requestId(), "only nodes provide chunks");
    } else if (keys.size() > config.keysPerCallMax()) {
      refuse(
          turn,
          asked.requestId(),
          keys.size() + " keys in one call (expected: at most " + config.keysPerCallMax() + ")");
    } else if (membership.isProven(turn.now(), from)) {
      reply(turn, asked, keep(turn.now(), from, keys));
    } else if (!held.hold(new HeldStores.Held(asked.requestId(), from, keys))) {
      refuse(turn, asked.requestId(), "too many stores wait for a proof of their sender");
    } else if (!membership.demand(turn.now(), from)) {
      for (HeldStores.Held store : held.take(from)) {
        refuse(turn, store.requestId(), "too many proofs are pending, or yours failed just now");
      }
    }
  }

  private DhtResponse.Stored keep(long now, Contact from, List<Key> keys) {
    int accepted = 0;
    String refusal = "";
    for (Key key : keys) {
      switch (records.put(now, key, from)) {
        case KEPT -> accepted++;
        case KEY_FULL -> refusal = "a key has " + config.providersPerKeyMax() + " providers";
        case WITHDRAWN -> refusal = "you have withdrawn your records";
        case PROVIDER_FULL -> refusal = "you have " + config.recordsPerSenderMax() + " records";
        case TABLE_FULL -> refusal = "there are " + config.recordsMax() + " records";
      }
    }
    if (accepted > 0 && sweepAt == Long.MAX_VALUE) {
      sweepAt = now + SWEEP_MILLIS;
    }
    return new DhtResponse.Stored(accepted, refusal);
  }

  private List<DhtResponse.Providers> found(long now, List<Key> keys) {
    List<DhtResponse.Providers> found = new ArrayList<>();
    int count = Math.min(keys.size(), config.keysPerCallMax());
    for (Key key : keys.subList(0, count)) {
      List<Contact> known = providers(now, key);
      if (!known.isEmpty()) {
        found.add(new DhtResponse.Providers(key, known));
      }
    }
    return found;
  }

  private List<Contact> closest(Key target, @Nullable Contact asker) {
    List<Contact> closest = membership.table().closest(target, config.k() + 1);
    if (asker != null) {
      closest.remove(asker);
    }
    return closest.size() > config.k() ? closest.subList(0, config.k()) : closest;
  }

  private static void refuse(Turn turn, long requestId, String why) {
    turn.emit(new DhtEffect.Reply(requestId, new DhtResponse.Stored(0, why)));
  }

  private static void reply(Turn turn, DhtEvent.Asked asked, DhtResponse response) {
    turn.emit(new DhtEffect.Reply(asked.requestId(), response));
  }
}
