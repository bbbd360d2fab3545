package io.quintet.dht.net.udp;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A node's beacon: says HELLO again and again, answers WHO and QUERY_CHUNK, hears HELLO and
/// GOODBYE of others, and says GOODBYE at the end, and for others that are silent.
public final class NodeBeacon {
  private static final int ANSWERS_PER_SOURCE_PER_SECOND = 256;
  private static final int ANSWERS_PER_SECOND = 512;

  /// What others must know about this node, and what it does with what it hears.
  ///
  /// @param host where others reach it instead; null: where its beacons come from
  /// @param boot this node's boot counter
  /// @param holds whether this node has a chunk
  /// @param nodesSeen how many nodes are known
  /// @param heard gets every contact that said HELLO, and which run of it
  /// @param left gets every contact that said GOODBYE
  public record Role(
      Contact self,
      @Nullable String host,
      long boot,
      Predicate<Key> holds,
      IntSupplier nodesSeen,
      ObjLongConsumer<Contact> heard,
      Consumer<Contact> left) {}

  private final Vertx vertx;
  private final BeaconSocket socket;
  private final int port;
  private final Role role;
  private final RandomGenerator random;
  private final SourceLimit answers =
      new SourceLimit(ANSWERS_PER_SOURCE_PER_SECOND, ANSWERS_PER_SECOND);
  private long sent;
  private long timer = -1;
  private boolean closed;

  /// @param socket bound to `port`, the network's shared one
  public NodeBeacon(Vertx vertx, BeaconSocket socket, int port, Role role, RandomGenerator random) {
    this.vertx = vertx;
    this.socket = socket;
    this.port = port;
    this.role = role;
    this.random = random;
  }

  /// Starts; on the socket's context.
  public void start() {
    socket.listen(this::heard);
    hello();
  }

  /// Says GOODBYE and closes the socket; on the socket's context.
  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    socket.broadcast(new Beacon.Goodbye(role.self().id(), role.self().port(), role.host()), port);
    return socket.close();
  }

  /// Says GOODBYE in the name of a node that does not answer any more, so that others look, too.
  public void sayGoodbyeFor(Contact silent) {
    if (!closed) {
      socket.broadcast(new Beacon.Goodbye(silent.id(), silent.port(), silent.host()), port);
    }
  }

  private void hello() {
    if (closed) {
      return;
    }
    socket.broadcast(greeting(), port);
    sent++;
    timer =
        vertx.setTimer(
            BeaconPace.nextMillis(sent, role.nodesSeen().getAsInt(), random), fired -> hello());
  }

  private Beacon.Hello greeting() {
    Contact self = role.self();
    return new Beacon.Hello(self.id(), self.port(), role.host(), role.boot(), sent);
  }

  private void heard(Beacon beacon, SocketAddress source, int sizeBytes) {
    switch (beacon) {
      case Beacon.Hello hello -> {
        Contact contact = contact(hello.id(), hello.host(), hello.port(), source);
        if (contact != null) {
          role.heard().accept(contact, hello.boot());
        }
      }
      case Beacon.Goodbye bye -> {
        Contact contact = contact(bye.id(), bye.host(), bye.port(), source);
        if (contact != null) {
          role.left().accept(contact);
        }
      }
      case Beacon.Who _ -> answer(greeting(), source, sizeBytes);
      case Beacon.QueryChunk query -> {
        List<Key> held = query.ids().stream().filter(role.holds()).toList();
        if (!held.isEmpty()) {
          Contact self = role.self();
          answer(
              new Beacon.Have(self.id(), self.port(), role.host(), query.nonce(), held),
              source,
              sizeBytes);
        }
      }
      // Only who asks gets these, on the socket that it asked from.
      case Beacon.Have _ -> {}
    }
  }

  private void answer(Beacon answer, SocketAddress to, int questionBytes) {
    if (answers.take(to.hostAddress(), System.nanoTime())) {
      vertx.setTimer(
          BeaconPace.answerDelayMillis(role.nodesSeen().getAsInt(), random),
          fired -> {
            if (!closed) {
              socket.answer(answer, to, questionBytes);
            }
          });
    }
  }

  private @Nullable Contact contact(
      Key id, @Nullable String host, int httpPort, SocketAddress source) {
    boolean mine = id.equals(role.self().id());
    return mine ? null : socket.contact(id, host, httpPort, source);
  }
}
