package io.quintet.node.repair;

import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides about one chunk, without a leader and without talking: every holder runs this over what
/// it sees, and the rules make them agree.
///
/// - **When.** 1 or 2 replicas left: at once. One missing: after the grace. In between: after the
///   short grace. The clock starts when the count fell, or when this node noticed, if it does not
///   know who is missing. Who left for good is not waited for, and who was caught without its
///   replica for a turn only. As many are made as are due: at 1 or 2 all that are missing, but no
///   more than two above what is wanted if the silent come back, as long as three are there.
/// - **Who.** Holders rank themselves by [HashOrder]. The first acts when the time has come; the
///   one of rank r waits r turns more and, having looked again, usually finds the work done.
/// - **Where.** The first live non-holder with room in the same order, in a place of its own where
///   possible: two holders that act at once copy to the same node, which then has one replica.
/// - **Not.** While the brake holds, only what had 2 replicas or less is repaired.
/// - **Too many.** After a long time the last holder of the order removes its own replica, once as
///   many others as are wanted, all of them before it in the order, have proved theirs.
///
/// Pure; safe for many threads.
public final class RepairPlanner {
  /// A chunk gets no more replicas than this above what is wanted, those included whose holders
  /// fell silent just now, unless hardly any are left.
  private static final int SURPLUS_MAX = 2;

  private final RepairPolicy policy;

  /// Decides by `policy`.
  public RepairPlanner(RepairPolicy policy) {
    this.policy = policy;
  }

  /// The circumstances of a look.
  ///
  /// @param nowMillis the monotonic time
  /// @param braked whether [PartitionBrake] holds
  public record Situation(long nowMillis, boolean braked) {}

  /// What to do about the chunk now.
  public Decision decide(ChunkView view, Situation situation) {
    int replicas = view.replicas();
    if (replicas == view.wanted()) {
      return new Decision.Healthy(replicas);
    }
    return replicas < view.wanted()
        ? tooFew(view, replicas, situation)
        : tooMany(view, replicas, situation.nowMillis());
  }

  private Decision tooFew(ChunkView view, int replicas, Situation situation) {
    long now = situation.nowMillis();
    List<Long> silent = sinceOf(view, Holder.State.SILENT, now);
    boolean emergency =
        replicas <= RepairPolicy.URGENT_REPLICAS_MAX || isHeavyLoss(view, silent, now);
    if (situation.braked() && !emergency) {
      // Whoever comes back is noticed in any case; nothing else has to be looked at often.
      long until = heavyLossAt(view, silent);
      long later = now + Math.max(policy.turnMillis(), policy.shortGraceMillis());
      return new Decision.Wait(replicas, until > now ? until : later, Decision.Reason.BRAKE);
    }
    Need need = need(view, replicas, now);
    if (now < need.dueMillis()) {
      return new Decision.Wait(replicas, need.dueMillis(), Decision.Reason.GRACE);
    }
    ChunkMemory memory = view.memory();
    // Who notices late waits its turns from then on: the others may have noticed as late.
    long from = Math.max(need.dueMillis(), Math.min(now, memory.shortSinceMillis()));
    long turn = from + rank(view) * policy.turnMillis();
    if (now < turn) {
      return new Decision.Wait(replicas, turn, Decision.Reason.TURN);
    }
    if (memory.attempts() > 0) {
      long again = memory.lastAttemptMillis() + policy.backOffMillis(memory.attempts());
      if (now < again) {
        return new Decision.Wait(replicas, again, Decision.Reason.BACK_OFF);
      }
    }
    List<Key> targets = targets(view, need.copies());
    return targets.isEmpty()
        ? new Decision.Wait(replicas, now + policy.backOffMillisMin(), Decision.Reason.NO_TARGET)
        : new Decision.Copy(replicas, targets);
  }

  /// How many copies are due, and since when.
  private record Need(long dueMillis, int copies) {}

  /// The replicas that have been missing for long enough, and those whose holders are known to be
  /// without them for good; after an emergency, all of them.
  private Need need(ChunkView view, int replicas, long now) {
    int missing = view.wanted() - replicas;
    List<Long> silent = sinceOf(view, Holder.State.SILENT, now);
    List<Long> due = new ArrayList<>();
    for (int count = replicas; count < view.wanted(); count++) {
      // The count fell to this when the one was lost that had made it one more. What nobody silent
      // explains was lost unseen, or never made: it counts from when it was noticed.
      int last = count - replicas;
      long since =
          last < silent.size() ? silent.get(last) : Math.min(now, view.memory().shortSinceMillis());
      due.add(since + policy.delayMillis(count, view.wanted()));
    }
    int gone = Math.max(0, missing - silent.size());
    List<Long> known = knownGone(view, now);
    due.addAll(known.subList(0, Math.min(gone, known.size())));
    boolean heavy = isHeavyLoss(view, silent, now);
    boolean all = heavy || replicas <= RepairPolicy.URGENT_REPLICAS_MAX;
    int copies = all ? missing : (int) due.stream().filter(each -> each <= now).count();
    // Who is silent may come back with its replica; after a heavy loss, only who is so just now.
    long returning =
        heavy
            ? silent.stream().filter(each -> now - each < policy.shortGraceMillis()).count()
            : silent.size();
    int most = (int) (view.wanted() + SURPLUS_MAX - replicas - returning);
    int least = RepairPolicy.URGENT_REPLICAS_MAX + 1 - replicas;
    if (most < 1 && least < 1) {
      return new Need(Math.max(now + policy.turnMillis(), heavyLossAt(view, silent)), 1);
    }
    return new Need(
        all ? Math.min(now, Collections.min(due)) : Collections.min(due),
        Math.clamp(copies, 1, Math.clamp(Math.max(most, least), 1, missing)));
  }

  /// Whether so many are silent for so long that it was an emergency, which ends with all replicas.
  private boolean isHeavyLoss(ChunkView view, List<Long> silent, long now) {
    long old = silent.stream().filter(each -> now - each >= policy.shortGraceMillis()).count();
    return old >= view.wanted() - RepairPolicy.URGENT_REPLICAS_MAX;
  }

  /// When it will be one if nobody comes back; long ago if too few are silent.
  private long heavyLossAt(ChunkView view, List<Long> silent) {
    int many = view.wanted() - RepairPolicy.URGENT_REPLICAS_MAX;
    return many < 1 || silent.size() < many
        ? Long.MIN_VALUE
        : silent.get(silent.size() - many) + policy.shortGraceMillis();
  }

  /// When the replicas of those may be made again who are without them for good, the first first.
  private List<Long> knownGone(ChunkView view, long now) {
    List<Long> known = new ArrayList<>(sinceOf(view, Holder.State.LEFT, now));
    sinceOf(view, Holder.State.WITHOUT, now)
        .forEach(since ->
            // A node that lost its copy alone can fetch it again before anybody else acts.
            known.add(since + policy.turnMillis()));
    known.sort(Long::compare);
    return known;
  }

  /// Since when holders are in a state, the latest first, none in the future.
  private static List<Long> sinceOf(ChunkView view, Holder.State state, long now) {
    List<Long> times = new ArrayList<>();
    for (Holder holder : view.holders()) {
      if (holder.state() == state) {
        times.add(Math.min(now, holder.sinceMillis()));
      }
    }
    times.sort((a, b) -> Long.compare(b, a));
    return times;
  }

  private static int rank(ChunkView view) {
    return present(view).indexOf(view.self());
  }

  /// The holders that count, in the chunk's order.
  private static List<Key> present(ChunkView view) {
    return HashOrder.sorted(
            view.chunk(),
            view.holders().stream().filter(each -> each.state() == Holder.State.PRESENT).toList(),
            Holder::node)
        .stream()
        .map(Holder::node)
        .toList();
  }

  private static List<Key> targets(ChunkView view, int missing) {
    Set<Key> holding = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (Holder holder : view.holders()) {
      if (holder.state() == Holder.State.PRESENT) {
        holding.add(holder.node());
        places.add(holder.place());
      }
    }
    List<Candidate> free =
        new ArrayList<>(HashOrder.sorted(view.chunk(), view.candidates(), Candidate::node));
    free.removeIf(each -> !each.hasRoom() || holding.contains(each.node()));
    List<Key> targets = new ArrayList<>();
    while (targets.size() < missing && !free.isEmpty()) {
      Candidate next =
          free.stream()
              .filter(each -> !places.contains(each.place()))
              .findFirst()
              .orElse(free.getFirst());
      free.remove(next);
      places.add(next.place());
      targets.add(next.node());
    }
    return targets;
  }

  private Decision tooMany(ChunkView view, int replicas, long now) {
    long since = view.memory().surplusSinceMillis();
    boolean longEnough = since != ChunkMemory.NEVER && now - since >= policy.trimAfterMillis();
    List<Key> present = present(view);
    int rank = present.indexOf(view.self());
    return longEnough && rank >= view.wanted()
        ? new Decision.Trim(replicas, present.subList(0, view.wanted()))
        : new Decision.Healthy(replicas);
  }
}
