package io.quintet.scripts.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// HTTP without a client that tidies up: what is given goes onto the wire as it is.
final class RawHttp {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int ANSWER_BYTES_MAX = 4 << 20;

  /// @param head status line and headers
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, List<String> head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// The value of a header, empty when it is absent.
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }

    boolean isProblem() {
      return header("content-type").startsWith("application/problem+json")
          && Run.json(text()).path("status").asInt() == status;
    }
  }

  private RawHttp() {}

  static Answer get(URI node, String target) throws IOException {
    return send(node, "GET", target, new byte[0]);
  }

  static Answer put(URI node, String id, byte[] body) throws IOException {
    return send(node, "PUT", "/chunk/" + id, body);
  }

  static Answer post(URI node, String target, String json) throws IOException {
    return send(node, "POST", target, json.getBytes(StandardCharsets.UTF_8));
  }

  /// One request on a connection of its own, as curl would send it.
  static Answer send(URI node, String method, String target, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(node.getAuthority()).append("\r\nConnection: close\r\n");
    if (method.equals("PUT") || method.equals("POST")) {
      String type = method.equals("PUT") ? "application/octet-stream" : "application/json";
      head.append("Content-Type: ").append(type).append("\r\n");
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    return exchange(node, method, head.append("\r\n").toString(), body);
  }

  /// Sends `head` and `body` and reads to the end of the connection. A node may answer and close
  /// before it has read everything.
  static Answer exchange(URI node, String method, String head, byte[] body) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
      all.writeBytes(body);
      @Nullable IOException unsent = null;
      try {
        socket.getOutputStream().write(all.toByteArray());
      } catch (IOException e) {
        // The answer, if there is one, says why nobody wanted the rest.
        unsent = e;
      }
      return parse(method, read(socket.getInputStream(), unsent));
    }
  }

  private static byte[] read(InputStream in, @Nullable IOException unsent) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try {
      for (int n = in.read(buffer); n >= 0 && all.size() < ANSWER_BYTES_MAX; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (IOException e) {
      if (all.size() == 0) {
        throw unsent == null ? e : unsent;
      }
    }
    return all.toByteArray();
  }

  private static Answer parse(String method, byte[] all) throws IOException {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: '" + text + "'");
    }
    List<String> head = text.substring(0, end).lines().toList();
    int status = Integer.parseInt(head.getFirst().split(" ", 3)[1]);
    byte[] body = Arrays.copyOfRange(all, end + 4, all.length);
    Answer answer = new Answer(status, head, body);
    return answer.header("transfer-encoding").equals("chunked") && !method.equals("HEAD")
        ? new Answer(status, head, unchunk(body))
        : answer;
  }

  private static byte[] unchunk(byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      if (size == 0) {
        return all.toByteArray();
      }
      all.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
  }
}
