package io.quintet.node.edge;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/// Closes a connection after an answer, a moment later: closing at once, with bytes of the request
/// still unread, makes TCP throw the answer away at the other end (RFC 9112, section 9.6).
final class Lingering {
  private static final long LINGER_MILLIS = 250;

  private Lingering() {}

  static void close(HttpConnection connection) {
    Channel channel = channelOf(connection);
    var _ =
        channel.eventLoop().schedule(() -> closeNow(channel), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Closes at once, also when the other side does not read what is queued for it: a close through
  /// the pipeline would wait for the queue. Called on the connection's event loop.
  static void closeNow(Channel channel) {
    channel.unsafe().close(channel.newPromise());
  }

  /// Netty's channel under a connection: Vert.x has no public way to it.
  static Channel channelOf(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }
}
