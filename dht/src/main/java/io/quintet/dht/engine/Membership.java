package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.ContactPolicy;
import io.quintet.dht.routing.RoutingTable;
import io.quintet.dht.routing.TableChange;
import io.quintet.dht.upkeep.LivenessProbe;
import io.quintet.dht.upkeep.Proofs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is there: the routing table with the pings that let contacts in and out.
///
/// Hearsay of any kind leads to a ping at most. A contact enters by an answered ping and leaves by
/// unanswered ones.
final class Membership {
  /// Attempts for a contact that nobody vouches for.
  private static final int STRANGER_ATTEMPTS = 2;

  /// Who loses more members than these within this time is rather cut off itself, and tells nobody.
  private static final int SILENT_TOLD_MAX = 8;

  private static final long SILENT_TOLD_MILLIS = 5_000;

  /// A member that calls although it was heard of within this time did not restart unnoticed.
  private static final long FRESH_MILLIS = 1_000;

  /// What an answered ping means to others.
  enum News {
    /// The contact is new in the table, or at a new address.
    JOINED,
    /// The contact was there, but lost what it held in memory.
    RESTARTED,
    /// The contact is proven but has no place in the table.
    PROVEN_ONLY,
    /// Nothing changed.
    NONE
  }

  private final DhtConfig config;
  private final Key self;
  private final RoutingTable table;
  private final Proofs proofs;
  private final LivenessProbe probe;
  private final ProvenLately provenLately = new ProvenLately();
  private int silentTold;
  private long silentSince;

  /// Members that said HELLO since they answered a call, each with when that was.
  private final Map<Contact, Long> onWord = new LinkedHashMap<>(1);

  Membership(Key self, DhtConfig config) {
    this.config = config;
    this.self = self;
    ContactPolicy policy =
        new ContactPolicy(config.contactsPerHostPerBucketMax(), config.replacementsPerBucketMax());
    this.table = new RoutingTable(self, config.k(), policy);
    this.proofs = new Proofs(config.proofsPendingMax(), config.pingRetryDelayMillis());
    this.probe = new LivenessProbe(config.probeIntervalMillis(), config.probeGapMillis());
  }

  RoutingTable table() {
    return table;
  }

  /// Takes all of `proven` in as if each had answered a ping; see [RoutingTable#fill].
  void settle(long now, Contact[] proven, int[] prefixes) {
    table.fill(now, proven, prefixes);
    if (proven.length > 0) {
      probe.added(now);
    }
  }

  /// Someone says that `contact` exists.
  void hinted(long now, Contact contact) {
    if (contact.id().equals(self) || table.contains(contact)) {
      return;
    }
    if (table.find(contact.id()) != null || table.hasRoomFor(contact.id())) {
      proofs.want(now, contact, STRANGER_ATTEMPTS, false);
    } else {
      table.offerReplacement(contact);
    }
  }

  /// A HELLO names `contact`. It proves nothing, so it is believed only for a while after the last
  /// proof; without HELLOs, and after that while, the contact is pinged as ever.
  void greeted(long now, Contact contact, long boot) {
    if (!table.contains(contact)) {
      hinted(now, contact);
    } else if (!table.isRun(contact, boot)) {
      proofs.want(now, contact, config.pingAttempts(), true);
    } else {
      long heard = table.seenMillis(contact);
      if (now - onWord.computeIfAbsent(contact, known -> heard) < config.wordMillisMax()) {
        table.touch(now, contact, 0);
      }
    }
  }

  /// `contact` answered a call.
  ///
  /// @param tookMillis how long the answer took; 0 when that says nothing about the way to it
  void answered(long now, Contact contact, long tookMillis) {
    onWord.remove(contact);
    table.touch(now, contact, tookMillis);
  }

  /// `contact` called us: it exists. A member that does not name the run that it proved may have
  /// restarted.
  void calledBy(long now, Contact contact, long boot) {
    if (table.contains(contact)) {
      if (!table.isRun(contact, boot) && now - table.seenMillis(contact) > FRESH_MILLIS) {
        proofs.want(now, contact, config.pingAttempts(), true);
      }
    } else {
      hinted(now, contact);
    }
  }

  /// Someone says that `contact` has left: one ping decides.
  void leaveHinted(long now, Contact contact) {
    if (table.contains(contact)) {
      proofs.want(now, contact, 1, true);
    }
  }

  /// A member did not answer a lookup.
  void doubted(long now, Contact contact) {
    if (table.contains(contact)) {
      proofs.want(now, contact, config.pingAttempts(), true);
    }
  }

  /// Asks for a proof of a stranger whose store waits.
  ///
  /// @return false when too many proofs are pending
  boolean demand(long now, Contact contact) {
    return !contact.id().equals(self) && proofs.want(now, contact, STRANGER_ATTEMPTS, false);
  }

  /// Whether `contact` proved itself at this address.
  boolean isProven(long now, Contact contact) {
    return table.contains(contact) || provenLately.contains(now, contact);
  }

  /// Whom to ping now; null when nobody is due.
  @Nullable Contact due(long now) {
    Contact quiet = probe.due(now, table, proofs::pending);
    if (quiet != null) {
      proofs.want(now, quiet, config.pingAttempts(), true);
    }
    return proofs.due(now);
  }

  /// How long to wait for the pong of a contact that is [#due]: as long as its answers usually
  /// take, twice as long with each attempt after the second (after RFC 6298, section 5.5; one lost
  /// message says little), and never longer than for a stranger.
  ///
  /// @param max how long to wait for a stranger
  long pingTimeoutMillis(Contact contact, long max) {
    long usual = table.timeoutMillis(contact, Math.max(1, max / 3), max, max);
    return Math.min(max, usual << Math.clamp(proofs.attempts(contact) - 2, 0, 16));
  }

  long nextWakeup() {
    return Math.min(proofs.nextWakeup(), probe.nextWakeup());
  }

  /// The ping of `contact` was answered.
  News proved(Turn turn, Contact contact, long boot) {
    proofs.proved(contact);
    return switch (table.observe(turn.now(), contact, boot)) {
      case TableChange.Added() -> {
        probe.added(turn.now());
        turn.emit(new DhtEffect.Joined(contact));
        yield News.JOINED;
      }
      case TableChange.Replaced(Contact previous) -> {
        onWord.remove(previous);
        turn.emit(new DhtEffect.Left(previous));
        turn.emit(new DhtEffect.Joined(contact));
        yield News.JOINED;
      }
      case TableChange.Restarted() -> News.RESTARTED;
      case TableChange.Refreshed() -> News.NONE;
      case TableChange.Full(Contact oldest) -> {
        if (turn.now() - table.seenMillis(oldest) > config.probeIntervalMillis()) {
          proofs.want(turn.now(), oldest, config.pingAttempts(), true);
        }
        yield provenOnly(turn.now(), contact);
      }
      case TableChange.Rejected(TableChange.Reason reason) ->
          switch (reason) {
            case SELF -> News.NONE;
            case HOST_SHARE -> provenOnly(turn.now(), contact);
          };
    };
  }

  private News provenOnly(long now, Contact contact) {
    boolean known = provenLately.contains(now, contact);
    provenLately.add(now, contact);
    return known ? News.NONE : News.PROVEN_ONLY;
  }

  /// A ping of `contact` was not answered.
  ///
  /// @return whether it had its attempts and is dead
  boolean failed(Turn turn, Contact contact) {
    boolean member = table.contains(contact);
    boolean patient = proofs.attempts(contact) >= config.pingAttempts();
    return switch (proofs.failed(turn.now(), contact, member)) {
      case RETRY, UNKNOWN -> false;
      case DEAD -> {
        provenLately.remove(contact);
        onWord.remove(contact);
        if (table.remove(contact)) {
          turn.emit(new DhtEffect.Left(contact));
          if (patient && maySpeakFor(turn.now())) {
            turn.emit(new DhtEffect.Silent(contact));
          }
          Contact replacement = table.takeReplacement(contact.id());
          if (replacement != null) {
            proofs.want(turn.now(), replacement, STRANGER_ATTEMPTS, false);
          }
        }
        yield true;
      }
    };
  }

  private boolean maySpeakFor(long now) {
    if (silentTold == 0 || now - silentSince > SILENT_TOLD_MILLIS) {
      silentSince = now;
      silentTold = 0;
    }
    silentTold++;
    return silentTold <= SILENT_TOLD_MAX;
  }
}
