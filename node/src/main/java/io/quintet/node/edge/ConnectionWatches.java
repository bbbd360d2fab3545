package io.quintet.node.edge;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The watches of one event loop's connections, which owns this object, and the one timer that
/// looks at all of them.
///
/// A timer for each connection would wake a node with fifty idle connections forty times per
/// second, and Netty's NIO transport spins for the last half millisecond before each.
final class ConnectionWatches {
  private final IdentityHashMap<HttpConnection, ConnectionWatch> watches = new IdentityHashMap<>();
  private final EdgeLimits limits;
  private final long lookMillis;
  private boolean looking;

  ConnectionWatches(EdgeLimits limits) {
    this.limits = limits;
    Duration shortest =
        limits.progressTime().compareTo(limits.headerTime()) < 0
            ? limits.progressTime()
            : limits.headerTime();
    this.lookMillis = Math.max(10, shortest.toMillis() / 4);
  }

  /// Watches a new connection until [#remove].
  void add(HttpConnection connection) {
    ConnectionWatch watch = ConnectionWatch.start(connection, limits);
    watches.put(connection, watch);
    if (!looking) {
      looking = true;
      lookLater(watch.eventLoop());
    }
  }

  /// The watch of a connection, or null when it is not watched.
  @Nullable ConnectionWatch of(HttpConnection connection) {
    return watches.get(connection);
  }

  void remove(HttpConnection connection) {
    watches.remove(connection);
  }

  private void lookLater(EventLoop loop) {
    var _ = loop.schedule(() -> look(loop), lookMillis, TimeUnit.MILLISECONDS);
  }

  private void look(EventLoop loop) {
    // Each in a task of its own: a look that fails must not leave the others unwatched.
    watches.values().forEach(watch -> loop.execute(watch::look));
    looking = !watches.isEmpty();
    if (looking) {
      lookLater(loop);
    }
  }
}
