package io.quintet.client.network;

import io.quintet.client.ExitCode;
import io.quintet.client.StateDirectory;
import io.quintet.client.UserException;
import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.id.Contact;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.DhtOptions;
import io.quintet.dht.net.DhtPeer;
import io.quintet.dht.net.Interfaces;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.SavedPeers;
import io.quintet.dht.net.http.HttpPeerClient;
import io.quintet.dht.net.http.PeerClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The real network, opened by the first call that needs it. Thread-safe.
public final class ClientNetwork implements Network {
  private static final Logger LOG = LoggerFactory.getLogger(ClientNetwork.class);
  private static final Duration DISCOVERY_LIMIT = Duration.ofSeconds(5);
  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  // Whoever waits for a command to end should not wait for sockets.
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final NetworkOptions options;
  private final Path stateDirectory;
  private @Nullable Opened opened;

  private record Opened(Vertx vertx, DhtPeer dht, PeerClient peers, SavedPeers saved) {}

  private ClientNetwork(NetworkOptions options, Path stateDirectory) {
    this.options = options;
    this.stateDirectory = stateDirectory;
  }

  /// Does nothing yet: no socket is opened and no packet is sent before the first call. Nodes are
  /// remembered in the user's [StateDirectory].
  public static Network open(NetworkOptions options) {
    return open(options, StateDirectory.path());
  }

  /// The same with another directory to remember nodes in.
  public static Network open(NetworkOptions options, Path stateDirectory) {
    return new ClientNetwork(options, stateDirectory);
  }

  @Override
  public List<Contact> discover(int needed, int wanted) {
    DhtPeer dht = opened().dht();
    List<Contact> found;
    try {
      // The discovery keeps its limit itself.
      found = Waiting.forValue(dht.discover(needed, wanted, DISCOVERY_LIMIT), START_LIMIT);
    } catch (TimeoutException e) {
      found = List.of();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (found.isEmpty()) {
      throw noNodes(dht.discoveryReport());
    }
    return found;
  }

  private UserException noNodes(List<String> report) {
    String tried = report.isEmpty() ? "" : "; tried " + String.join("; ", report);
    return new UserException(
        ExitCode.NO_NODES,
        "no node of the network '" + options.name() + "' answered" + tried,
        "start one with 'quintet node', or name one with --bootstrap HOST:PORT; check --network,"
            + " --udp-port and --interface");
  }

  @Override
  public Dht dht() {
    return opened().dht();
  }

  @Override
  public PeerClient peers() {
    return opened().peers();
  }

  private synchronized Opened opened() {
    Opened current = opened;
    if (current == null) {
      current = start();
      opened = current;
    }
    return current;
  }

  private Opened start() {
    SavedPeers saved = savedPeers();
    DhtOptions dhtOptions = dhtOptions(saved.load());
    Vertx vertx = Vertx.vertx(small());
    try {
      DhtPeer dht = Waiting.forValue(DhtPeer.startClient(vertx, dhtOptions), START_LIMIT);
      return new Opened(vertx, dht, new HttpPeerClient(vertx, PeerClientOptions.defaults()), saved);
    } catch (InterruptedException e) {
      await(vertx.close());
      throw interrupted(e);
    } catch (TimeoutException | RuntimeException e) {
      await(vertx.close());
      throw new UserException(
          ExitCode.NO_NODES,
          "cannot open the network sockets: " + e.getMessage(),
          "check --interface and --udp-port",
          e);
    }
  }

  private SavedPeers savedPeers() {
    try {
      return new SavedPeers(stateDirectory, options.name());
    } catch (IllegalArgumentException e) {
      throw wrongOption(e);
    }
  }

  private DhtOptions dhtOptions(List<Contact> saved) {
    try {
      List<ChosenInterface> interfaces = Interfaces.choose(options.interfaces());
      return new DhtOptions(
          options.name(),
          options.udpPort(),
          interfaces,
          options.bootstrap(),
          saved,
          DhtConfig.defaults());
    } catch (IllegalArgumentException e) {
      throw wrongOption(e);
    }
  }

  private static UserException wrongOption(IllegalArgumentException e) {
    return new UserException(
        ExitCode.USAGE,
        String.valueOf(e.getMessage()),
        "check --network, --udp-port, --interface and --bootstrap",
        e);
  }

  /// A client needs few threads and no files of its own.
  private static VertxOptions small() {
    return new VertxOptions()
        .setEventLoopPoolSize(2)
        .setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(2)
        .setUseDaemonThread(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static UserException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new UserException(
        ExitCode.INTERRUPTED, "interrupted while looking for nodes", "run it again", cause);
  }

  @Override
  public synchronized void close() {
    Opened current = opened;
    if (current == null) {
      return;
    }
    opened = null;
    remember(current);
    await(
        current
            .dht()
            .close()
            .eventually(() -> current.peers().close())
            .eventually(() -> current.vertx().close()));
  }

  private static void remember(Opened current) {
    Collection<Contact> members = current.dht().members();
    if (members.isEmpty()) {
      return;
    }
    try {
      current.saved().save(members);
    } catch (IOException e) {
      LOG.debug("nodes are not remembered for the next time", e);
    }
  }

  private static void await(Future<Void> closing) {
    try {
      boolean closed = Waiting.forValue(closing.map(true), CLOSE_LIMIT);
      assert closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | RuntimeException e) {
      // Its threads are daemons: what does not close in time ends with the process.
      LOG.debug("the network did not close in time", e);
    }
  }
}
