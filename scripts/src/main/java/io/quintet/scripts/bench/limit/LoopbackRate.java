package io.quintet.scripts.bench.limit;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How fast bytes pass through one TCP connection on loopback, with nothing done to them.
final class LoopbackRate {
  private static final int MESSAGE_BYTES = 1 << 20;
  private static final int MESSAGES = 4_096;
  private static final int MESSAGES_WARM_UP = 512;

  private LoopbackRate() {}

  /// MB/s, sender and receiver together on this machine's processors.
  static double measure() throws IOException, InterruptedException {
    try (ServerSocketChannel server = ServerSocketChannel.open();
        ExecutorService sender = Executors.newSingleThreadExecutor()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Future<?> sending =
          sender.submit(() -> {
            send(server);
            return null;
          });
      double rate;
      try (SocketChannel connection = SocketChannel.open(server.getLocalAddress())) {
        rate = receive(connection);
      }
      sending.get();
      return rate;
    } catch (ExecutionException e) {
      throw new IOException("sending over loopback failed", e.getCause());
    }
  }

  private static void send(ServerSocketChannel server) throws IOException {
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    try (SocketChannel connection = server.accept()) {
      for (int i = 0; i < MESSAGES + MESSAGES_WARM_UP; i++) {
        message.rewind();
        while (message.hasRemaining()) {
          connection.write(message);
        }
      }
    }
  }

  private static double receive(SocketChannel connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    receive(connection, buffer, MESSAGES_WARM_UP);
    long begin = System.nanoTime();
    receive(connection, buffer, MESSAGES);
    return (double) MESSAGES * MESSAGE_BYTES * 1e3 / (System.nanoTime() - begin);
  }

  private static void receive(SocketChannel connection, ByteBuffer buffer, int messages)
      throws IOException {
    for (int i = 0; i < messages; i++) {
      buffer.rewind();
      while (buffer.hasRemaining()) {
        if (connection.read(buffer) < 0) {
          throw new EOFException("the connection ended early");
        }
      }
    }
  }
}
