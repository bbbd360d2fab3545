package io.quintet.dht.upkeep;

import io.quintet.dht.id.Contact;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// The pings that are open or wait for a retry: at most one per contact.
///
/// The protocol: [#want] notes a contact and how many attempts it gets; [#due] says whom to ping
/// now; each ping ends by [#proved] or [#failed], and the latter says whether the contact gets
/// another attempt. A stranger that failed is left alone for a while. Bounded: strangers beyond the
/// bound are refused, members of the routing table (bounded itself) never.
public final class Proofs {
  /// How long a stranger that failed is left alone.
  private static final long FAILED_REST_MILLIS = 2_000;

  private static final int FAILED_MAX = 256;

  /// What is to be done after an unanswered ping.
  public enum Verdict {
    /// Another attempt follows by itself.
    RETRY,
    /// The contact had its attempts.
    DEAD,
    /// No such ping is open: a late failure.
    UNKNOWN
  }

  private static final class Proof {
    int attemptsLeft;
    int attempts;
    boolean open;

    /// When the next attempt is due, or, while one is open, when it was made.
    long dueAt;
  }

  private final int strangersMax;
  private final long retryDelayMillis;
  private final Map<Contact, Proof> proofs = new LinkedHashMap<>(4);
  private final Map<Contact, Long> failed = new LinkedHashMap<>(4);
  private long nextDue = Long.MAX_VALUE;

  /// @param strangersMax proofs beyond this number are for members only
  /// @param retryDelayMillis from one attempt to the next at least, so that who refuses all calls
  ///   for a moment is not dead
  public Proofs(int strangersMax, long retryDelayMillis) {
    this.strangersMax = strangersMax;
    this.retryDelayMillis = retryDelayMillis;
  }

  /// Asks for pings of `contact`, up to `attempts`, the first at once. While some are under way
  /// already, the smaller number of attempts holds.
  ///
  /// @param member whether the contact is in the routing table
  /// @return false when there is no place for a stranger, or it failed a moment ago
  public boolean want(long now, Contact contact, int attempts, boolean member) {
    Proof known = proofs.get(contact);
    if (known != null) {
      known.attemptsLeft = Math.min(known.attemptsLeft, attempts);
      return true;
    }
    if (!member && (proofs.size() >= strangersMax || rests(now, contact))) {
      return false;
    }
    Proof proof = new Proof();
    proof.attemptsLeft = attempts;
    proof.dueAt = now;
    proofs.put(contact, proof);
    nextDue = Math.min(nextDue, now);
    return true;
  }

  /// Whom to ping now; null when nobody is due. Call until it is null.
  public @Nullable Contact due(long now) {
    if (nextDue > now) {
      return null;
    }
    nextDue = Long.MAX_VALUE;
    Contact first = null;
    for (Entry<Contact, Proof> entry : proofs.entrySet()) {
      Proof proof = entry.getValue();
      if (proof.open) {
        continue;
      }
      if (first == null && proof.dueAt <= now) {
        proof.open = true;
        proof.dueAt = now;
        proof.attempts++;
        first = entry.getKey();
      } else {
        nextDue = Math.min(nextDue, proof.dueAt);
      }
    }
    return first;
  }

  /// `contact` answered.
  ///
  /// @return false when no ping of it is open
  public boolean proved(Contact contact) {
    failed.remove(contact);
    return proofs.remove(contact) != null;
  }

  /// The open ping of `contact` was not answered.
  public Verdict failed(long now, Contact contact, boolean member) {
    Proof proof = proofs.get(contact);
    if (proof == null || !proof.open) {
      return Verdict.UNKNOWN;
    }
    proof.open = false;
    proof.attemptsLeft--;
    if (proof.attemptsLeft > 0) {
      proof.dueAt = Math.max(now, proof.dueAt + retryDelayMillis);
      nextDue = Math.min(nextDue, proof.dueAt);
      return Verdict.RETRY;
    }
    proofs.remove(contact);
    if (!member) {
      rest(now, contact);
    }
    return Verdict.DEAD;
  }

  /// Whether a ping of `contact` is open or waits.
  public boolean pending(Contact contact) {
    return proofs.containsKey(contact);
  }

  /// How many pings of `contact` were made in a row, the open one included.
  public int attempts(Contact contact) {
    Proof proof = proofs.get(contact);
    return proof == null ? 0 : proof.attempts;
  }

  /// When [#due] wants to be called; Long.MAX_VALUE for not before an event.
  public long nextWakeup() {
    return nextDue;
  }

  private boolean rests(long now, Contact contact) {
    Long since = failed.get(contact);
    return since != null && now - since < FAILED_REST_MILLIS;
  }

  private void rest(long now, Contact contact) {
    failed.remove(contact);
    failed.put(contact, now);
    if (failed.size() > FAILED_MAX) {
      Iterator<Contact> oldest = failed.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
