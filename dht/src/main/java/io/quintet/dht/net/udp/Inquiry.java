package io.quintet.dht.net.udp;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/// Asks everybody in reach, from a socket of its own: an answer to the shared port would reach only
/// one of the nodes of a machine.
public final class Inquiry {
  /// Keys in one [#queryChunks]; more are left out.
  public static final int KEYS_MAX = 4_096;

  private static final long WAIT_MILLIS = 400;
  private static final long GAP_MILLIS = 5;
  private static final int DATAGRAMS_PER_GAP = 8;
  private static final int HOLDERS_PER_KEY_MAX = 32;
  private static final int QUERIES_MAX = 64;

  private final Vertx vertx;
  private final BeaconSocket socket;
  private final int port;
  private final ObjLongConsumer<Contact> heard;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Query> queries = new LinkedHashMap<>();

  /// @param socket on a port of its own
  /// @param port the network's shared one
  /// @param heard gets every contact that says HELLO, and which run of it
  public Inquiry(Vertx vertx, BeaconSocket socket, int port, ObjLongConsumer<Contact> heard) {
    this.vertx = vertx;
    this.socket = socket;
    this.port = port;
    this.heard = heard;
    socket.listen(this::answered);
  }

  /// Asks who is there; on the socket's context.
  public void who() {
    socket.broadcast(new Beacon.Who(), port);
  }

  /// Asks who has any of `keys`, twice for keys that nobody claims at once; on the socket's
  /// context.
  ///
  /// @return what came back in time; keys that nobody claims are left out
  public Future<Map<Key, List<Contact>>> queryChunks(Collection<Key> keys) {
    Promise<Map<Key, List<Contact>>> promise = Promise.promise();
    if (queries.size() >= QUERIES_MAX) {
      return Future.failedFuture(new IllegalStateException("too many queries at a time"));
    }
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    Query query = new Query(HexFormat.of().formatHex(nonce), keys);
    queries.put(query.nonce, query);
    ask(query, query.wanted(), () -> ask(query, query.wanted(), () -> end(query, promise)));
    return promise.future();
  }

  /// One line for people on each path and what it brought.
  public List<String> report() {
    return socket.report(port);
  }

  /// How many nodes answered, whatever they proved.
  public int heardCount() {
    return socket.heardCount();
  }

  /// Closes the socket; on its context.
  public Future<Void> close() {
    return socket.close();
  }

  private void end(Query query, Promise<Map<Key, List<Contact>>> promise) {
    queries.remove(query.nonce);
    promise.complete(query.found());
  }

  /// Sends a few datagrams at a time, then waits for answers, then goes on with `next`.
  private void ask(Query query, List<Key> keys, Runnable next) {
    int now = Math.min(keys.size(), DATAGRAMS_PER_GAP * BeaconJson.IDS_MAX);
    for (int i = 0; i < now; i += BeaconJson.IDS_MAX) {
      List<Key> ids = keys.subList(i, Math.min(now, i + BeaconJson.IDS_MAX));
      socket.broadcast(new Beacon.QueryChunk(query.nonce, ids), port);
    }
    List<Key> rest = keys.subList(now, keys.size());
    if (!rest.isEmpty()) {
      vertx.setTimer(GAP_MILLIS, fired -> ask(query, rest, next));
    } else if (keys.isEmpty()) {
      next.run();
    } else {
      vertx.setTimer(WAIT_MILLIS / 2, fired -> next.run());
    }
  }

  private void answered(Beacon beacon, SocketAddress source, int sizeBytes) {
    switch (beacon) {
      case Beacon.Hello hello -> {
        Contact contact = socket.contact(hello.id(), hello.host(), hello.port(), source);
        if (contact != null) {
          heard.accept(contact, hello.boot());
        }
      }
      case Beacon.Have have -> {
        Query query = queries.get(have.nonce());
        Contact holder = socket.contact(have.id(), have.host(), have.port(), source);
        if (query != null && holder != null) {
          query.claimed(have.ids(), holder);
        }
      }
      case Beacon.Who _, Beacon.QueryChunk _, Beacon.Goodbye _ -> {}
    }
  }

  /// A question for chunks and what came back.
  private static final class Query {
    private final String nonce;
    private final Map<Key, Set<Contact>> holders = new LinkedHashMap<>();

    Query(String nonce, Collection<Key> keys) {
      this.nonce = nonce;
      keys.stream().limit(KEYS_MAX).forEach(key -> holders.put(key, new LinkedHashSet<>()));
    }

    void claimed(List<Key> ids, Contact holder) {
      for (Key id : ids) {
        Set<Contact> known = holders.get(id);
        if (known != null && known.size() < HOLDERS_PER_KEY_MAX) {
          known.add(holder);
        }
      }
    }

    /// The keys that nobody claims yet.
    List<Key> wanted() {
      List<Key> wanted = new ArrayList<>();
      holders.forEach((key, known) -> {
        if (known.isEmpty()) {
          wanted.add(key);
        }
      });
      return wanted;
    }

    Map<Key, List<Contact>> found() {
      Map<Key, List<Contact>> found = new LinkedHashMap<>();
      holders.forEach((key, known) -> {
        if (!known.isEmpty()) {
          found.put(key, List.copyOf(known));
        }
      });
      return found;
    }
  }
}
