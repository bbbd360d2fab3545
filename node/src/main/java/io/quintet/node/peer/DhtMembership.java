package io.quintet.node.peer;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.AdvertisedAddress;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.DhtOptions;
import io.quintet.dht.net.DhtPeer;
import io.quintet.dht.net.Interfaces;
import io.quintet.dht.net.NodeIdentity;
import io.quintet.dht.net.NodeOptions;
import io.quintet.dht.net.PeerClient;
import io.quintet.dht.net.SavedCursor;
import io.quintet.dht.net.SavedPeers;
import io.quintet.dht.net.http.HttpPeerClient;
import io.quintet.dht.net.http.PeerClientOptions;
import io.quintet.dht.records.Tombstone;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.tombstone.TombstoneDesk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The real network, over `dht.net`.
public final class DhtMembership implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(DhtMembership.class);

  /// How often changes are looked for, so that a node that is killed finds its way back.
  private static final long SAVE_MILLIS = 3_000;

  private final Vertx vertx;
  private final NodeIdentity identity;
  private final Settings settings;
  private final List<ChosenInterface> interfaces;
  private final SavedPeers saved;
  private final SavedCursor cursor;
  private final PeerClient client;
  private final DhtPeers peers;
  private List<Contact> remembered = List.of();
  private volatile @Nullable DhtPeer peer;
  private volatile long saving = -1;

  /// How to take part.
  ///
  /// @param keyFile where the identity lives, made if it is missing
  /// @param peersDirectory where contacts are remembered
  /// @param advertisedHost a literal address, null: the first of a chosen interface
  /// @param boot how often this node started
  /// @param holds whether this node has a chunk; must not block
  /// @param elsewhere where others reach this node instead, null: where it is
  /// @param tombstones what this node knows of deleted chunks
  public record Settings(
      String network,
      int udpPort,
      List<String> interfaces,
      List<String> bootstrap,
      Path keyFile,
      Path peersDirectory,
      @Nullable String advertisedHost,
      long boot,
      Predicate<Key> holds,
      TombstoneDesk tombstones,
      @Nullable AdvertisedAddress elsewhere) {}

  /// Reads the identity and chooses the interfaces.
  ///
  /// @throws IOException when the identity cannot be read or made
  /// @throws IllegalArgumentException when an interface does not exist
  public DhtMembership(Vertx vertx, Settings settings) throws IOException {
    this.vertx = vertx;
    this.settings = settings;
    this.interfaces = Interfaces.choose(settings.interfaces());
    this.identity = NodeIdentity.loadOrCreate(settings.keyFile());
    this.saved = new SavedPeers(settings.peersDirectory(), settings.network());
    this.cursor = new SavedCursor(settings.peersDirectory(), settings.network());
    this.client = new HttpPeerClient(vertx, PeerClientOptions.defaults());
    this.peers = new DhtPeers(identity.id(), () -> peer, client, settings.tombstones());
  }

  @Override
  public Key id() {
    return identity.id();
  }

  @Override
  public Peers peers() {
    return peers;
  }

  @Override
  public Future<Void> join(int httpPort) {
    DhtOptions options =
        new DhtOptions(
            settings.network(),
            settings.udpPort(),
            interfaces,
            settings.bootstrap(),
            saved.load(),
            DhtConfig.defaults());
    return DhtPeer.startNode(
            vertx,
            new NodeOptions(
                identity,
                settings.advertisedHost(),
                httpPort,
                settings.boot(),
                settings.holds(),
                new DeskOfDeletedChunks(settings.tombstones()),
                settings.elsewhere()),
            options)
        .onSuccess(started -> {
          cursor.load().ifPresent(started::resumeRepublish);
          peer = started;
          saving = vertx.setPeriodic(SAVE_MILLIS, fired -> rememberChanges(started));
        })
        .mapEmpty();
  }

  @Override
  public Future<Buffer> handle(String operation, Buffer body, String sourceHost) {
    DhtPeer joined = peer;
    if (joined == null) {
      return Future.failedFuture(new RejectedExecutionException("not joined"));
    }
    if (!operation.equals("store")) {
      return joined.rpc().handle(operation, body, sourceHost);
    }
    Failpoint.PUBLISH_RECORDS_RECEIVED.pass();
    return joined
        .rpc()
        .handle(operation, body, sourceHost)
        .onSuccess(answer -> Failpoint.PUBLISH_RECORDS_TAKEN.pass());
  }

  @Override
  public void provide(Collection<Key> keys) {
    DhtPeer joined = peer;
    if (joined != null) {
      joined.provide(keys);
    }
  }

  @Override
  public void unprovide(Collection<Key> keys) {
    DhtPeer joined = peer;
    if (joined != null) {
      joined.unprovide(keys);
    }
  }

  @Override
  public Future<Void> withdraw() {
    DhtPeer joined = peer;
    return joined == null ? Future.succeededFuture() : joined.withdraw(id());
  }

  @Override
  public Future<Void> spread(Collection<Tombstone> tombstones) {
    DhtPeer joined = peer;
    return joined == null ? Future.succeededFuture() : joined.bury(tombstones).<Void>mapEmpty();
  }

  @Override
  public int memberCount() {
    DhtPeer joined = peer;
    return joined == null ? 0 : joined.members().size();
  }

  private void rememberChanges(DhtPeer joined) {
    vertx
        .executeBlocking(() -> {
          remember(joined);
          return null;
        })
        .onFailure(cause -> LOG.warn("the peers cannot be saved", cause));
  }

  /// Keeps how far the announcements have come, and who is there. Nobody known is no news: the
  /// contacts of the run before may still be there next time.
  private synchronized void remember(DhtPeer joined) {
    try {
      Failpoint.PUBLISH_PLACE_SAVING.hit();
      cursor.save(joined.republishCursor());
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", cursor.file(), e.toString());
    }
    List<Contact> now = List.copyOf(joined.members());
    if (now.isEmpty() || now.equals(remembered)) {
      return;
    }
    try {
      saved.save(now);
      remembered = now;
    } catch (IOException e) {
      LOG.warn("the peers cannot be saved in {}: {}", saved.file(), e.toString());
    }
  }

  @Override
  public Future<Void> leave() {
    DhtPeer joined = peer;
    if (joined == null) {
      return client.close();
    }
    vertx.cancelTimer(saving);
    remember(joined);
    return joined.close().eventually(client::close);
  }
}
