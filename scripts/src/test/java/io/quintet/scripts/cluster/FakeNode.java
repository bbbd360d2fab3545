package io.quintet.scripts.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A process that looks like a node from outside: it prints the ready line, answers `GET /status`,
/// and ends by SIGTERM, or not, as the test wants. It counts its fellows by their directories.
final class FakeNode {
  private FakeNode() {}

  /// A launcher of fake nodes.
  ///
  /// @param mode `good`, `stubborn` (SIGTERM does not end it) or `broken` (node-2 ends at once)
  static Launcher launcher(Path directory, String mode) throws IOException {
    Path script = directory.resolve("launcher-" + mode);
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -Xshare:auto -cp '%s' %s %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                FakeNode.class.getName(),
                mode));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + script + " executable");
    }
    return new Launcher(script, null);
  }

  public static void main(String[] args) throws IOException {
    List<String> arguments = List.of(args);
    String mode = arguments.getFirst();
    Path data = Path.of(arguments.get(arguments.indexOf("--data") + 1));
    int number = Integer.parseInt(data.getFileName().toString().substring("node-".length()));
    if (mode.equals("broken") && number == 2) {
      System.out.println("quintet: the disk is on fire");
      System.exit(7);
    }
    if (mode.equals("stubborn")) {
      Runtime.getRuntime().addShutdownHook(new Thread(FakeNode::hang));
    }
    Files.createDirectories(data);
    String id = "%064x".formatted(number);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/status",
        exchange -> {
          byte[] body =
              "{\"id\":\"%s\",\"members\":%d,\"chunks\":%d}"
                  .formatted(id, fellows(data), 10 * number)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    System.out.println(
        "{\"event\":\"ready\",\"id\":\"%s\",\"url\":\"http://127.0.0.1:%d\",\"pid\":%d}"
            .formatted(id, server.getAddress().getPort(), ProcessHandle.current().pid()));
  }

  private static int fellows(Path data) throws IOException {
    try (var all = Files.list(data.getParent())) {
      return (int) all.filter(Files::isDirectory).count() - 1;
    }
  }

  private static void hang() {
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
