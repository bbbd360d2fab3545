package io.quintet.node.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends connections that are too slow, in either direction: Vert.x's idle timeout is content with
/// one byte now and then.
///
/// A small state machine per connection, owned by the connection's event loop and looked at now and
/// then: waiting for a header, receiving a body, working, sending an answer. It counts bytes where
/// they enter the process; time in which this node itself holds the body back does not count.
final class ConnectionWatch {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final EdgeLimits limits;
  private final Channel channel;
  private @Nullable HttpServerRequest request;
  private boolean fresh = true;
  private boolean bodyOpen;
  private boolean sending;
  private long bytesIn;
  private long bytesInWhenIdle;
  private long phaseStart = System.nanoTime();
  private long progressAt = phaseStart;
  private long progressSeen;
  private int lastMessage;

  private ConnectionWatch(Channel channel, EdgeLimits limits) {
    this.channel = channel;
    this.limits = limits;
  }

  /// Starts to watch a new connection. Called on its event loop.
  static ConnectionWatch start(HttpConnection connection, EdgeLimits limits) {
    ConnectionWatch watch = new ConnectionWatch(Lingering.channelOf(connection), limits);
    watch.channel.pipeline().addFirst(watch.new Bytes());
    watch.channel.pipeline().addAfter("httpDecoder", "quintet-watch", watch.new Messages());
    return watch;
  }

  EventLoop eventLoop() {
    return channel.eventLoop();
  }

  /// A header is complete. Called on the connection's event loop.
  void begin(HttpServerRequest started) {
    request = started;
    fresh = false;
    sending = false;
    restart(bytesIn);
  }

  private void restart(long progress) {
    phaseStart = System.nanoTime();
    progressAt = phaseStart;
    progressSeen = progress;
    lastMessage = 0;
  }

  /// Ends the connection when it is too slow. Called on its event loop, every so often.
  void look() {
    boolean http = channel.pipeline().get("httpDecoder") != null;
    if (!channel.isActive() || !http) {
      // A WebSocket has limits of its own.
      return;
    }
    HttpServerRequest current = request;
    if (current == null) {
      waiting();
    } else if (bodyOpen && !current.response().ended()) {
      receiving(current);
    } else if (current.response().headWritten()) {
      sendingOrDone(current);
    }
  }

  private void waiting() {
    boolean headerBegun = fresh || bytesIn > bytesInWhenIdle;
    Duration allowed = headerBegun ? limits.headerTime() : limits.idleTime();
    if (millisSince(phaseStart) > allowed.toMillis()) {
      Lingering.closeNow(channel);
    }
  }

  private void receiving(HttpServerRequest current) {
    long now = System.nanoTime();
    if (bytesIn != progressSeen || !channel.config().isAutoRead()) {
      progressSeen = bytesIn;
      progressAt = now;
    }
    long size = contentLength(current.getHeader("Content-Length"));
    boolean late = millisSince(phaseStart) > limits.transferTime(size).toMillis();
    if (late || millisSince(progressAt) > limits.progressTime().toMillis()) {
      new Problem(
              408,
              "too-slow",
              "the body came too slowly",
              null,
              limits.transferTime(size).toMillis()
                  + " ms in all and progress every "
                  + limits.progressTime().toMillis()
                  + " ms")
          .answer(current);
      Lingering.close(current.connection());
    }
  }

  private void sendingOrDone(HttpServerRequest current) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    boolean empty = out == null || out.isEmpty();
    if (empty && !bodyOpen) {
      request = null;
      bytesInWhenIdle = bytesIn;
      restart(bytesIn);
      return;
    }
    if (!sending) {
      sending = true;
      restart(-1);
    }
    long progress = out == null || empty ? bytesIn : out.currentProgress();
    int message = out == null ? 0 : System.identityHashCode(out.current());
    if (progress != progressSeen || message != lastMessage) {
      progressSeen = progress;
      lastMessage = message;
      progressAt = System.nanoTime();
    }
    long size = contentLength(current.response().headers().get("Content-Length"));
    if (millisSince(phaseStart) > limits.transferTime(size).toMillis()
        || millisSince(progressAt) > limits.progressTime().toMillis()) {
      Lingering.closeNow(channel);
    }
  }

  /// Counts what comes from the socket.
  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof ByteBuf bytes) {
        if (request == null && bytesIn == bytesInWhenIdle && !fresh) {
          // The first byte of the next header: its time starts now.
          phaseStart = System.nanoTime();
        }
        bytesIn += bytes.readableBytes();
      }
      super.channelRead(context, message);
    }
  }

  /// Sees where bodies begin and end, before Vert.x queues them.
  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof HttpRequest) {
        bodyOpen = true;
      }
      if (message instanceof LastHttpContent) {
        bodyOpen = false;
      }
      super.channelRead(context, message);
    }
  }

  private static long contentLength(@Nullable String header) {
    if (header == null || header.length() > 10 || !header.chars().allMatch(Character::isDigit)) {
      return 0;
    }
    return Math.min(Long.parseLong(header), EdgeLimits.JSON_BATCH_BYTES_MAX * 2L);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
  }
}
