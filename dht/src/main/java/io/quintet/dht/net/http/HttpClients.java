package io.quintet.dht.net.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes HTTP clients with the doors closed that are open by default.
public final class HttpClients {
  private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

  private static final int READ_BYTES_MAX = 256 << 10;

  private HttpClients() {}

  /// HTTP/1.1 without upgrades, redirects, decompression or pipelining, on two event loops.
  public static HttpClient make(Vertx vertx, PeerClientOptions options) {
    HttpClientOptions http =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setHttp2ClearTextUpgrade(false)
            .setDecompressionSupported(false)
            .setPipelining(false)
            .setMaxRedirects(0)
            .setMaxHeaderSize(8 * 1_024)
            .setMaxInitialLineLength(4 * 1_024)
            .setMaxChunkSize(READ_BYTES_MAX)
            .setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()))
            .setKeepAliveTimeout(15)
            .setTcpNoDelay(true);
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(options.connectionsPerNodeMax())
            .setMaxWaitQueueSize(options.waitingPerNodeMax())
            .setEventLoopSize(2);
    return vertx
        .httpClientBuilder()
        .with(http)
        .with(pool)
        .withConnectHandler(HttpClients::connected)
        .build();
  }

  private static void connected(HttpConnection connection) {
    connection.exceptionHandler(
        cause -> LOG.debug("connection to {}", connection.remoteAddress(), cause));
    ReadSize.enlarge(connection, READ_BYTES_MAX);
  }
}
