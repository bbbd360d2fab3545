package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One search for the nodes closest to a key (Kademlia, section 2.3), on one or more paths that
/// share no node (S/Kademlia, section 4.4).
///
/// The protocol: each path starts with its share of the known contacts and asks the nearest ones it
/// has not asked yet, alpha at a time; every answer brings nearer candidates. A path ends when the
/// k nearest of its candidates have all answered; those that failed do not count. A call that takes
/// long is made once more, in case a message was lost, and stops blocking others; and a third time
/// when that takes long, too, and nobody else is left to ask. All of them are still waited for, so
/// dead nodes cost little more than one timeout in all and not one each. The caller turns every
/// [LookupStep.Ask] into a call and brings back exactly one [LookupEvent] for it; answers that come
/// late, twice or unasked change nothing.
///
/// Contacts that others name are used here alone: nothing about them is believed. Whoever is not
/// known to be proven has to prove its id before it is asked and counts, or anybody could invent
/// nodes beside the target and answer for them; and a node whose first nominees all fail is not
/// followed further. So the caller says whom it knows to be proven: everybody, where a wrong result
/// would do little harm and the calls matter more. Everything is bounded by [LookupShape#rpcsMax]
/// and the candidates per path.
public final class IterativeLookup {
  /// How many candidates a path keeps, in multiples of k.
  private static final int CANDIDATES_PER_K = 3;

  /// Of two calls to one node both are lost once in 2,500 times where one message in a hundred is.
  private static final int CALLS_MAX = 3;

  /// The same where ids have to be proven: inventions must not drive out all others.
  private static final int UNPROVEN_PER_K = 12;

  private final Key target;
  private final LookupShape shape;
  private final @Nullable Key self;
  private final @Nullable Predicate<Contact> proven;
  private final List<ClosestSet> paths;

  /// Every contact that a path took, by id.
  private final Map<Key, Candidate> claims = new LinkedHashMap<>(256);

  private int asked;

  /// A lookup that has asked nobody yet.
  ///
  /// @param self an id that is never asked: the owner's own; null for none
  /// @param seeds the known contacts closest to `target`, nearest first
  /// @param proven whether a contact need not prove its id any more; null: nobody has to
  public IterativeLookup(
      Key target,
      LookupShape shape,
      @Nullable Key self,
      List<Contact> seeds,
      @Nullable Predicate<Contact> proven) {
    this.proven = proven;
    this.target = target;
    this.shape = shape;
    this.self = self;
    this.paths = new ArrayList<>(shape.paths());
    for (int i = 0; i < shape.paths(); i++) {
      int perK = proven != null ? UNPROVEN_PER_K : CANDIDATES_PER_K;
      paths.add(new ClosestSet(target, perK * shape.k()));
    }
    for (int i = 0; i < seeds.size(); i++) {
      claim(seeds.get(i), 1, paths.get(i % paths.size()), null);
    }
  }

  /// What is searched for.
  public Key target() {
    return target;
  }

  /// After which an open call is made once more.
  public long stallMillis() {
    return shape.stallMillis();
  }

  /// What to do next; call again after each [LookupStep.Ask], after each event and when a wait is
  /// over. Early calls are harmless.
  public LookupStep next(long now) {
    long until = Long.MAX_VALUE;
    boolean open = false;
    for (ClosestSet path : paths) {
      PathView view = look(path, now);
      Candidate candidate = view.ask();
      if (candidate != null && asked < shape.rpcsMax()) {
        return call(candidate, now);
      }
      open |= view.open();
      until = Math.min(until, view.until());
    }
    return open ? new LookupStep.Wait(until) : finish();
  }

  /// Whether everybody who was asked has answered, failed, or is later than usual.
  public boolean waitsOnlyForLate(long now) {
    return claims.values().stream()
        .noneMatch(candidate ->
            candidate.standing == Candidate.Standing.ASKED && candidate.stallsAt > now);
  }

  /// The result of those that answered so far, for who waits no longer for the late ones.
  public LookupStep.Finished leaveBehind() {
    return finish();
  }

  private LookupStep call(Candidate candidate, long now) {
    asked++;
    candidate.calls++;
    candidate.made++;
    if (candidate.standing == Candidate.Standing.FRESH) {
      candidate.standing = Candidate.Standing.ASKED;
      candidate.tried();
    } else {
      candidate.standing = Candidate.Standing.STALLED;
    }
    candidate.stallsAt = now + shape.stallMillis();
    return candidate.proven
        ? new LookupStep.Ask(candidate.contact)
        : new LookupStep.Prove(candidate.contact);
  }

  /// Takes an event.
  ///
  /// @return whether it was expected: false for late, duplicate and unasked answers
  public boolean on(LookupEvent event) {
    return switch (event) {
      case LookupEvent.Answered(Contact from, List<Contact> closer) -> answered(from, closer);
      case LookupEvent.Proved(Contact from) -> proved(from);
      case LookupEvent.Unproven(Contact from) -> failed(from, false);
      case LookupEvent.Failed(Contact from) -> failed(from, true);
    };
  }

  /// It is asked now.
  private boolean proved(Contact from) {
    Candidate candidate = claims.get(from.id());
    if (candidate == null || !isAwaited(candidate, from, false)) {
      return false;
    }
    candidate.turnedOutGood();
    candidate.proven = true;
    candidate.calls = 0;
    candidate.made = 0;
    candidate.standing = Candidate.Standing.FRESH;
    return true;
  }

  private boolean answered(Contact from, List<Contact> closer) {
    Candidate candidate = claims.get(from.id());
    if (candidate == null || !isAwaited(candidate, from, true)) {
      return false;
    }
    candidate.standing = Candidate.Standing.ANSWERED;
    int count = Math.min(closer.size(), shape.k());
    for (int i = 0; i < count; i++) {
      claim(closer.get(i), candidate.hops + 1, candidate.path, candidate);
    }
    return true;
  }

  private boolean failed(Contact from, boolean asked) {
    Candidate candidate = claims.get(from.id());
    if (candidate == null || !isAwaited(candidate, from, asked)) {
      return false;
    }
    candidate.calls--;
    if (candidate.calls == 0) {
      candidate.standing = Candidate.Standing.FAILED;
      candidate.path.remove(candidate);
      Candidate inventor = proven != null ? candidate.turnedOutBad() : null;
      if (inventor != null) {
        forgetNomineesOf(inventor);
      }
    }
    return true;
  }

  /// Whether an answer is awaited from exactly this contact.
  ///
  /// @param asked to a question, else to the demand for a proof
  private static boolean isAwaited(Candidate candidate, Contact from, boolean asked) {
    return candidate.awaited() && candidate.proven == asked && candidate.contact.equals(from);
  }

  /// But for those that others named, too.
  private void forgetNomineesOf(Candidate inventor) {
    Iterator<Candidate> each = claims.values().iterator();
    while (each.hasNext()) {
      Candidate candidate = each.next();
      if (candidate.standing == Candidate.Standing.FRESH
          && !candidate.proven
          && candidate.named == 1
          && candidate.isNamedBy(inventor)) {
        candidate.path.remove(candidate);
        each.remove();
      }
    }
  }

  /// A node belongs to the path that heard of it first. An id that failed at one address may be
  /// tried at another, since the first address may have been a lie; the calls are bounded anyway.
  private void claim(Contact contact, int hops, ClosestSet path, @Nullable Candidate referrer) {
    if (self != null && contact.id().equals(self)) {
      return;
    }
    Candidate earlier = claims.get(contact.id());
    if (earlier != null && !mayBeTriedAgain(earlier, contact)) {
      earlier.named++;
      return;
    }
    boolean known = proven == null || proven.test(contact);
    Candidate candidate = new Candidate(contact, hops, path, referrer, known);
    candidate.named += earlier == null ? 0 : earlier.named;
    Candidate gaveWay = path.offer(candidate);
    if (gaveWay != candidate) {
      claims.put(contact.id(), candidate);
    }
    if (gaveWay != null && gaveWay != candidate && gaveWay.standing == Candidate.Standing.FRESH) {
      claims.remove(gaveWay.contact.id());
    }
  }

  /// At another address, or when a second node vouches for one whose only ping was lost.
  private static boolean mayBeTriedAgain(Candidate earlier, Contact contact) {
    return earlier.standing == Candidate.Standing.FAILED
        && (!earlier.contact.equals(contact) || (!earlier.proven && earlier.named == 1));
  }

  /// What one path wants: the next to ask, or whether it is still open and until when it waits.
  private record PathView(@Nullable Candidate ask, boolean open, long until) {}

  private PathView look(ClosestSet path, long now) {
    boolean mayAsk = asked < shape.rpcsMax();
    int inFlight = 0;
    boolean open = false;
    long until = Long.MAX_VALUE;
    Candidate fresh = null;
    Candidate silent = null;
    int width = Math.min(shape.k(), path.size());
    for (int i = 0; i < width; i++) {
      Candidate candidate = path.get(i);
      open |= candidate.awaited();
      if (mayBeCalledAgain(candidate)) {
        boolean first = candidate.standing == Candidate.Standing.ASKED;
        if (candidate.stallsAt > now) {
          inFlight += first ? 1 : 0;
          until = Math.min(until, candidate.stallsAt);
        } else if (first && mayAsk && candidate.isCredible()) {
          return new PathView(candidate, true, now);
        } else if (!first && silent == null) {
          silent = candidate;
        }
      }
      if (candidate.standing == Candidate.Standing.FRESH && fresh == null) {
        if (candidate.waitsForItsKind()) {
          open = true;
        } else {
          fresh = candidate;
        }
      }
    }
    Candidate next = fresh != null ? fresh : silent;
    boolean room = inFlight < shape.alpha();
    return new PathView(room ? next : null, open, mayAsk ? until : Long.MAX_VALUE);
  }

  private static boolean mayBeCalledAgain(Candidate candidate) {
    return candidate.standing == Candidate.Standing.ASKED
        || (candidate.standing == Candidate.Standing.STALLED && candidate.made < CALLS_MAX);
  }

  private LookupStep.Finished finish() {
    List<Candidate> answered = new ArrayList<>(shape.k());
    for (ClosestSet path : paths) {
      for (int i = 0; i < path.size(); i++) {
        if (path.get(i).standing == Candidate.Standing.ANSWERED) {
          answered.add(path.get(i));
        }
      }
    }
    answered.sort((a, b) -> target.compareDistance(a.contact.id(), b.contact.id()));
    int count = Math.min(shape.k(), answered.size());
    List<Contact> closest = new ArrayList<>(count);
    int hops = 0;
    for (Candidate candidate : answered.subList(0, count)) {
      closest.add(candidate.contact);
      hops = Math.max(hops, candidate.hops);
    }
    return new LookupStep.Finished(closest, coveredBits(closest), asked, hops);
  }

  /// Fewer than k responsive nodes do not mean that there are no others: everybody names k contacts
  /// at most, and dead ones among them take the places of living ones farther away. So what was
  /// covered is measured by all contacts that were asked, the dead included.
  private int coveredBits(List<Contact> closest) {
    if (closest.size() >= shape.k()) {
      return Region.bitsOf(target, closest, shape.k());
    }
    List<Contact> known = new ArrayList<>(closest);
    for (Candidate candidate : claims.values()) {
      if (candidate.standing != Candidate.Standing.ANSWERED && candidate.proven) {
        known.add(candidate.contact);
      }
    }
    known.sort((a, b) -> target.compareDistance(a.id(), b.id()));
    return Region.bitsOf(target, known, shape.k());
  }
}
