package io.quintet.node.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.http.HttpConnection;

/// Notices the end of a connection while a body is being read. Vert.x tells a request only as long
/// as its answer is open, and a body that is too slow is answered before it ends.
final class Disconnect {
  private Disconnect() {}

  /// Runs `action` on the connection's event loop when the connection ends.
  ///
  /// @return forgets the action; to be called when the body is complete
  static Runnable watch(HttpConnection connection, Runnable action) {
    Channel channel = Lingering.channelOf(connection);
    ChannelFutureListener listener = closed -> action.run();
    var _ = channel.closeFuture().addListener(listener);
    return () -> {
      var _ = channel.closeFuture().removeListener(listener);
    };
  }
}
