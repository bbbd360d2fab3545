package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.peer.Peers;
import io.quintet.node.repair.Holder;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Who is there, since when, and with how much room: asks every node that matters for its status,
/// again and again, and often only those that the network does not vouch for. A node that does not
/// answer twice in a row is silent from the first time on.
///
/// Safe for many threads.
public final class NodeWatch implements Worker {
  /// More nodes than this are not watched; the longest silent are forgotten first.
  static final int NODES_MAX = 1_024;

  private static final int FAILURES_UNTIL_SILENT = 2;
  private static final int CALLS_AT_ONCE = 16;

  /// With more nodes than this, members are looked at less often, so that the watch costs no more;
  /// and so are others with more than that.
  private static final int MEMBERS_MANY = 10;

  private static final int STRANGERS_MANY = 100;

  private final Peers peers;
  private final MonotonicTime time;
  private final Pace pace;
  private final Runnable changed;
  private final Map<Key, Neighbour> nodes = new LinkedHashMap<>();

  /// When each of `nodes` was asked.
  private final Map<Key, Long> askedMillis = new HashMap<>();

  private Set<Contact> lastMembers = Set.of();
  private boolean somethingChanged;

  /// How often nodes are looked at, in small networks; in large ones less often.
  ///
  /// @param interval who did not answer, or is no member any more
  /// @param memberRest who is a member, and so proves itself to the network all the time: what
  ///   changes is how much room it has
  record Pace(Duration interval, Duration memberRest) {}

  /// @param changed told when nodes fell silent, left or came back; not when new ones appeared: no
  ///   replica is lost by that, and a network that grows would do little else than count
  NodeWatch(Ground ground, Pace pace, Runnable changed) {
    this.peers = ground.peers();
    this.time = ground.time();
    this.pace = pace;
    this.changed = changed;
  }

  @Override
  public String name() {
    return "watch";
  }

  @Override
  public Step step() throws InterruptedException {
    Set<Contact> members = new LinkedHashSet<>(peers.members());
    Set<Contact> due = new LinkedHashSet<>();
    synchronized (this) {
      members.forEach(this::moved);
      for (Contact member : members) {
        Neighbour known = nodes.get(member.id());
        if (known == null || (known.contact().equals(member) && isDue(known, members))) {
          due.add(member);
        }
      }
      for (Neighbour known : nodes.values()) {
        if (!members.contains(known.contact()) && isDue(known, members)) {
          due.add(known.contact());
        }
      }
      lastMembers = members;
    }
    ask(List.copyOf(due));
    return Step.idle(pace.interval());
  }

  /// A member that is there, as far as is known, is seldom asked. Who has just been lost or found
  /// again by the network is asked now, and who did not answer is asked each time.
  private boolean isDue(Neighbour node, Set<Contact> members) {
    boolean member = members.contains(node.contact());
    if (!(node.isPresent() && node.failures() == 0)
        || member != lastMembers.contains(node.contact())) {
      return true;
    }
    long rest = (member ? pace.memberRest() : pace.interval()).toMillis();
    long scaled = rest * nodes.size() / (member ? MEMBERS_MANY : STRANGERS_MANY);
    long asked = askedMillis.getOrDefault(node.contact().id(), Long.MIN_VALUE / 2);
    return time.millis() - asked >= Math.max(rest, scaled);
  }

  /// A member has proved itself where it is now.
  private void moved(Contact member) {
    nodes.computeIfPresent(
        member.id(),
        (id, node) ->
            new Neighbour(member, node.facts(), node.state(), node.sinceMillis(), node.failures()));
  }

  /// Makes sure that each of `contacts` is watched and was asked at least once.
  void meet(Collection<Contact> contacts) throws InterruptedException {
    List<Contact> strangers = new ArrayList<>();
    synchronized (this) {
      for (Contact contact : contacts) {
        Neighbour known = nodes.get(contact.id());
        boolean elsewhere = known != null && !known.isPresent() && !known.contact().equals(contact);
        if ((known == null || elsewhere) && !contact.id().equals(peers.self())) {
          strangers.add(contact);
        }
      }
    }
    ask(strangers);
  }

  private void ask(List<Contact> contacts) throws InterruptedException {
    for (int from = 0; from < contacts.size(); from += CALLS_AT_ONCE) {
      List<Contact> batch = contacts.subList(from, Math.min(contacts.size(), from + CALLS_AT_ONCE));
      List<Callable<Optional<PeerFacts>>> calls = new ArrayList<>();
      batch.forEach(contact -> calls.add(() -> peers.facts(contact)));
      List<Optional<PeerFacts>> answers = Together.run(calls);
      synchronized (this) {
        for (int i = 0; i < batch.size(); i++) {
          answered(batch.get(i), answers.get(i).orElse(null));
        }
      }
    }
    boolean tell;
    synchronized (this) {
      tell = somethingChanged;
      somethingChanged = false;
    }
    if (tell) {
      changed.run();
    }
  }

  private void answered(Contact contact, @Nullable PeerFacts facts) {
    Neighbour before = nodes.get(contact.id());
    if (before == null && nodes.size() >= NODES_MAX && !forgetOne()) {
      return;
    }
    Neighbour after = facts != null ? present(contact, facts, before) : unanswered(contact, before);
    nodes.put(contact.id(), after);
    askedMillis.put(contact.id(), time.millis());
    somethingChanged |= before != null && before.state() != after.state();
  }

  private Neighbour present(Contact contact, PeerFacts facts, @Nullable Neighbour before) {
    long since = before != null && before.isPresent() ? before.sinceMillis() : time.millis();
    return new Neighbour(contact, facts, Holder.State.PRESENT, since, 0);
  }

  private Neighbour unanswered(Contact contact, @Nullable Neighbour before) {
    long now = time.millis();
    if (before == null) {
      return new Neighbour(contact, null, Holder.State.SILENT, now, FAILURES_UNTIL_SILENT);
    }
    if (!before.isPresent()) {
      return before;
    }
    int failures = before.failures() + 1;
    if (failures < FAILURES_UNTIL_SILENT) {
      return new Neighbour(before.contact(), before.facts(), before.state(), now, failures);
    }
    boolean left = before.facts() != null && before.facts().leaving();
    // `sinceMillis` of a node that failed once is when it did.
    return new Neighbour(
        before.contact(),
        before.facts(),
        left ? Holder.State.LEFT : Holder.State.SILENT,
        before.sinceMillis(),
        failures);
  }

  private boolean forgetOne() {
    Key oldest = null;
    long since = Long.MAX_VALUE;
    for (Map.Entry<Key, Neighbour> entry : nodes.entrySet()) {
      if (!entry.getValue().isPresent() && entry.getValue().sinceMillis() < since) {
        oldest = entry.getKey();
        since = entry.getValue().sinceMillis();
      }
    }
    askedMillis.remove(oldest);
    return oldest != null && nodes.remove(oldest) != null;
  }

  /// What is known about a node.
  synchronized Optional<Neighbour> of(Key node) {
    return Optional.ofNullable(nodes.get(node));
  }

  /// Everybody who is watched.
  synchronized List<Neighbour> all() {
    return List.copyOf(nodes.values());
  }

  @Override
  public synchronized Map<String, Number> figures() {
    long present = nodes.values().stream().filter(Neighbour::isPresent).count();
    return Map.of("present", present, "absent", nodes.size() - present);
  }
}
