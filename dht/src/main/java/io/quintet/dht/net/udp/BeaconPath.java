package io.quintet.dht.net.udp;

import io.quintet.dht.id.Key;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.Shown;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way that beacons go out by, and what came of it. Belongs to one context.
public final class BeaconPath {
  private static final int HEARD_MAX = 4_096;
  private static final int PROBLEM_CHARS_MAX = 120;

  private final String name;
  private final ChosenInterface via;
  private final @Nullable DatagramSocket socket;
  private final List<InetAddress> targets;
  private final Set<Key> heard = new HashSet<>();
  private @Nullable String problem;

  /// @param name for people
  /// @param socket null when none could be opened
  public BeaconPath(
      String name,
      ChosenInterface via,
      @Nullable DatagramSocket socket,
      List<InetAddress> targets) {
    this.name = name;
    this.via = via;
    this.socket = socket;
    this.targets = List.copyOf(targets);
  }

  /// A path that cannot be used.
  public static BeaconPath closed(String name, ChosenInterface via, Throwable cause) {
    BeaconPath path = new BeaconPath(name, via, null, List.of());
    path.failed(cause);
    return path;
  }

  /// Where its packets go.
  public ChosenInterface via() {
    return via;
  }

  /// Its socket, null when none could be opened.
  public @Nullable DatagramSocket socket() {
    return socket;
  }

  /// Sends to everybody on this path.
  public void send(Buffer datagram, int port) {
    DatagramSocket out = socket;
    if (out != null) {
      for (InetAddress target : targets) {
        out.send(datagram, port, target.getHostAddress())
            .onSuccess(sent -> problem = null)
            .onFailure(this::failed);
      }
    }
  }

  /// Node `id` was heard on it.
  public void heard(Key id) {
    if (heard.size() < HEARD_MAX) {
      heard.add(id);
    }
  }

  /// How many nodes were heard on it.
  public int heardCount() {
    return heard.size();
  }

  /// One line for people: what was tried and what came of it.
  public String report(int port) {
    String where =
        targets.isEmpty()
            ? ""
            : " ("
                + String.join(", ", targets.stream().map(InetAddress::getHostAddress).toList())
                + ", UDP port "
                + port
                + ")";
    String trouble = problem;
    String outcome =
        switch (heard.size()) {
          case 0 -> trouble == null ? "sent, nobody answered" : "not sent: " + trouble;
          case 1 -> "1 node answered";
          default -> heard.size() + " nodes answered";
        };
    return name + where + ": " + outcome;
  }

  private void failed(Throwable cause) {
    String message = cause.getMessage();
    problem =
        Shown.of(message == null ? cause.getClass().getSimpleName() : message, PROBLEM_CHARS_MAX);
  }
}
