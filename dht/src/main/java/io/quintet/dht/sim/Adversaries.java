package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.routing.NearestFirst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Nodes of one hand that know each other: what they answer to honest ones (after the adversaries
/// of S/Kademlia, Baumgart and Mies 2007, section 3).
///
/// All of them prove their ids when they are pinged, so they enter routing tables like others. A
/// third answers nothing else. The others name only their own kind, claim to store what they drop,
/// and name each other as providers of everything. With [Tactic#INVENT] they also name ids that
/// nobody has, right beside the target and at their own addresses, and answer for them.
final class Adversaries {
  /// How far they go.
  enum Tactic {
    /// Only ids that can be proven are named.
    COLLUDE,
    /// Ids are invented for each question.
    INVENT
  }

  private static final int DROPPING = 3;
  private static final int NAMED = 20;
  private static final int NAMED_PROVIDERS = 8;
  private static final int INVENTED_BITS = 40;

  private final Tactic tactic;
  private Contact[] sorted = new Contact[0];
  private int[] heads = new int[0];

  Adversaries(Tactic tactic) {
    this.tactic = tactic;
  }

  /// Another one joins the conspiracy.
  void add(Contact contact) {
    sorted = Arrays.copyOf(sorted, sorted.length + 1);
    sorted[sorted.length - 1] = contact;
    Arrays.sort(sorted, Comparator.comparing(Contact::id));
    heads = Arrays.stream(sorted).mapToInt(each -> each.id().prefix()).toArray();
  }

  /// What the adversary `self` answers; null for nothing at all.
  @Nullable DhtResponse answer(SimNode self, Contact meant, DhtRequest request) {
    if (request instanceof DhtRequest.Ping) {
      return meant.equals(self.contact) ? new DhtResponse.Pong(self.boot) : null;
    }
    if (self.index % DROPPING == 0) {
      return null;
    }
    return switch (request) {
      case DhtRequest.Ping() -> null;
      case DhtRequest.FindNode(Key target) -> new DhtResponse.Nodes(named(self, target));
      case DhtRequest.FindValue find ->
          new DhtResponse.Values(
              find.keys().stream()
                  .map(key -> new DhtResponse.Providers(key, nearest(key, NAMED_PROVIDERS)))
                  .toList(),
              named(self, find.target()));
      case DhtRequest.Store store -> new DhtResponse.Stored(store.keys().size(), "");
      case DhtRequest.Withdraw _ -> new DhtResponse.Stored(0, "");
    };
  }

  private List<Contact> named(SimNode self, Key target) {
    if (tactic == Tactic.COLLUDE) {
      return nearest(target, NAMED);
    }
    List<Contact> invented = new ArrayList<>();
    for (int i = 0; i < NAMED; i++) {
      Key id = beside(target, Mix.of(target.head(), self.index, i), INVENTED_BITS);
      invented.add(new Contact(id, self.contact.host(), self.contact.port()));
    }
    return invented;
  }

  /// An id that shares `bits` leading bits with `target`.
  static Key beside(Key target, long random, int bits) {
    Key other = new Key(Mix.of(random, 1), Mix.of(random, 2), Mix.of(random, 3), random);
    Key first = target.subtreeFirst(bits);
    Key mask = Key.fromHex("f".repeat(2 * Key.BYTES)).subtreeFirst(bits);
    long[] prefix = words(first);
    long[] tail = words(other);
    long[] kept = words(mask);
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] |= tail[i] & ~kept[i];
    }
    return new Key(prefix[0], prefix[1], prefix[2], prefix[3]);
  }

  private static long[] words(Key key) {
    long[] words = new long[4];
    key.writeWords(words, 0);
    return words;
  }

  private List<Contact> nearest(Key target, int count) {
    return NearestFirst.of(sorted, heads, sorted.length, target, count);
  }
}
