package io.quintet.dht.net.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.RecvByteBufAllocator;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadSizeTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aConnectionReadsALittleFirstAndMoreAsMoreComes() throws Exception {
    CompletableFuture<RecvByteBufAllocator.ExtendedHandle> sizes = new CompletableFuture<>();
    HttpServer server =
        vertx
            .createHttpServer()
            .connectionHandler(connection -> {
              ReadSize.enlarge(connection, 131_072);
              var config = ((ConnectionBase) connection).channel().config();
              var sizer = config.getRecvByteBufAllocator();
              sizes.complete((RecvByteBufAllocator.ExtendedHandle) sizer.newHandle());
            })
            .requestHandler(request -> request.response().end());
    int port =
        server
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));

      RecvByteBufAllocator.ExtendedHandle handle = sizes.get(10, TimeUnit.SECONDS);
      assertEquals(2_048, handle.guess());
      for (int i = 0; i < 10; i++) {
        handle.attemptedBytesRead(handle.guess());
        handle.lastBytesRead(handle.guess());
      }
      assertEquals(131_072, handle.guess());
    }
  }
}
