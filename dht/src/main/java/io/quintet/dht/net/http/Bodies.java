package io.quintet.dht.net.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/// Reads bodies of answers without trusting their length.
///
/// Both calls must come from the event loop of the response, before it returns to the loop.
public final class Bodies {
  private Bodies() {}

  /// A body whose length was announced: one array of that size, filled in place.
  public static Future<byte[]> exactly(HttpClientResponse response, int length) {
    byte[] bytes = new byte[length];
    Promise<byte[]> whole = Promise.promise();
    int[] filled = {0};
    response.handler(part -> {
      int end = filled[0] + part.length();
      if (end > length) {
        tooLong(response, whole, length);
      } else {
        part.getBytes(bytes, filled[0]);
        filled[0] = end;
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> {
      if (filled[0] == length) {
        whole.tryComplete(bytes);
      } else {
        whole.tryFail("the body ended after " + filled[0] + " of " + length + " bytes");
      }
    });
    return whole.future();
  }

  /// A body of any length up to `bytesMax`; a longer one is cut off and fails.
  public static Future<Buffer> atMost(HttpClientResponse response, int bytesMax) {
    Buffer collected = Buffer.buffer();
    Promise<Buffer> whole = Promise.promise();
    response.handler(part -> {
      if (whole.future().isComplete()) {
        return;
      }
      if (collected.length() + part.length() > bytesMax) {
        tooLong(response, whole, bytesMax);
      } else {
        collected.appendBuffer(part);
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(collected));
    return whole.future();
  }

  private static void tooLong(HttpClientResponse response, Promise<?> whole, int bytesMax) {
    whole.tryFail(new IllegalArgumentException("the body is longer than " + bytesMax + " bytes"));
    response.request().reset();
  }
}
