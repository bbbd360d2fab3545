package io.quintet.scripts.bench.process;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// PUTs different blobs of 1 MiB to one node on many kept connections, and costs as little as a
/// client can: all blobs share all but their last bytes, so an id costs the hash of one block, and
/// nothing but the kernel copies a body. What the processors do is the node's work then.
public final class BlobStream {
  /// How large each blob is.
  public static final int BLOB_BYTES = 1 << 20;

  private static final int TAIL_BYTES = 64;
  private static final int CREATED = 201;
  private static final int ANSWER_BYTES_MAX = 8 << 10;
  private static final int TIMEOUT_MILLIS = 60_000;

  private final URI node;
  private final int connections;
  private final byte[] head = new byte[BLOB_BYTES - TAIL_BYTES];
  private final MessageDigest headDigest;
  private final AtomicInteger next = new AtomicInteger();

  /// @param seed of the bytes that all blobs share
  public BlobStream(URI node, int connections, long seed) {
    this.node = node;
    this.connections = connections;
    new Random(seed).nextBytes(head);
    try {
      headDigest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
    headDigest.update(head);
  }

  /// Puts `count` more blobs, each a new one.
  ///
  /// @throws IOException when the node answers anything but 201
  public void put(int count) throws IOException, InterruptedException {
    int end = next.get() + count;
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        all.add(
            threads.submit(() -> {
              putUntil(end);
              return null;
            }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      next.set(end);
    } catch (ExecutionException e) {
      throw new IOException("an upload failed", e.getCause());
    }
  }

  private void putUntil(int end) throws IOException {
    try (Socket socket = new Socket(node.getHost(), node.getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream(), ANSWER_BYTES_MAX);
      OutputStream out = socket.getOutputStream();
      byte[] tail = new byte[TAIL_BYTES];
      for (int number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
        byte[] name = HexFormat.of().toHexDigits(number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, tail, 0, name.length);
        out.write(requestHead(id(tail)));
        out.write(head);
        out.write(tail);
        out.flush();
        int status = status(in);
        if (status != CREATED) {
          throw new IOException("the node answered " + status);
        }
      }
    }
  }

  private String id(byte[] tail) throws IOException {
    try {
      MessageDigest digest = (MessageDigest) headDigest.clone();
      digest.update(tail);
      byte[] id = new byte[digest.getDigestLength()];
      digest.digest(id, 0, id.length);
      return HexFormat.of().formatHex(id);
    } catch (CloneNotSupportedException | DigestException e) {
      throw new IOException("SHA-256 cannot go on from the middle here", e);
    }
  }

  private byte[] requestHead(String id) {
    String head =
        "PUT /chunk/"
            + id
            + " HTTP/1.1\r\nHost: "
            + node.getAuthority()
            + "\r\nContent-Length: "
            + BLOB_BYTES
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /// The status of an answer; its body is skipped.
  private static int status(InputStream in) throws IOException {
    String line = line(in);
    if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
      throw new IOException("no HTTP answer: " + line);
    }
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return Integer.parseInt(line.substring(9, 12));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() > ANSWER_BYTES_MAX) {
        throw new EOFException("the node hung up");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
