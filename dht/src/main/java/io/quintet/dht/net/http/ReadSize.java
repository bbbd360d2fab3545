package io.quintet.dht.net.http;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// How much is read from a socket at once: much, where much lies there. Each piece that is read
/// passes all handlers alone, which costs more than to copy it.
public final class ReadSize {
  private static final int BYTES_FIRST = 2 << 10;

  private ReadSize() {}

  /// Lets `connection` read up to `bytesMax` at once. Called on its event loop.
  ///
  /// @param bytesMax what HTTP hands on in one piece, too
  public static void enlarge(HttpConnection connection, int bytesMax) {
    // Vert.x has no option for it but one that also ends the system's own choice of its buffers.
    ((ConnectionBase) connection)
        .channel()
        .config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(BYTES_FIRST, BYTES_FIRST, bytesMax));
  }
}
