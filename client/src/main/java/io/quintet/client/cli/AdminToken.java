package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.StateDirectory;
import io.quintet.client.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds what allows to control a node: the file `admin.token` in its data directory, which only
/// the node's owner can read.
final class AdminToken {
  private static final int FILE_BYTES_MAX = 4_096;
  private static final Pattern URL = Pattern.compile("\"url\"\\s*:\\s*\"([^\"]*)\"");

  private AdminToken() {}

  /// The token of `node`.
  ///
  /// Looked for in `file`, or else in the directory `data`, or else where nodes of this user run by
  /// default (a node started without `--data`, a cluster started without `--dir`): there in the
  /// directory whose `node.json` says that its node is at this address.
  ///
  /// @throws UserException with `UNAVAILABLE` when there is none, saying where it may be
  static String find(URI node, @Nullable Path file, @Nullable Path data) {
    if (file != null) {
      return read(file);
    }
    if (data != null) {
      return read(data.resolve("admin.token"));
    }
    for (Path directory : usual()) {
      if (isHomeOf(directory, node)) {
        return read(directory.resolve("admin.token"));
      }
    }
    throw new UserException(
        ExitCode.UNAVAILABLE,
        "the admin token of " + node + " is not where nodes of this user usually are",
        "say where the node keeps its data: --data DIR, or where the token is: --token-file FILE");
  }

  private static List<Path> usual() {
    List<Path> all = new ArrayList<>();
    String base = System.getenv("XDG_DATA_HOME");
    Path shared =
        base != null && base.startsWith("/")
            ? Path.of(base)
            : Path.of(System.getProperty("user.home", "."), ".local", "share");
    all.add(shared.resolve("quintet").resolve("node"));
    Path cluster = StateDirectory.path().resolve("cluster");
    if (Files.isDirectory(cluster)) {
      try (DirectoryStream<Path> nodes = Files.newDirectoryStream(cluster, "node-*")) {
        nodes.forEach(all::add);
      } catch (IOException e) {
        // Then it is asked for.
        return all;
      }
    }
    return all;
  }

  private static boolean isHomeOf(Path directory, URI node) {
    Path file = directory.resolve("node.json");
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= FILE_BYTES_MAX) {
        Matcher url = URL.matcher(Files.readString(file));
        return url.find() && address(url.group(1)).equals(address(node.toString()));
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }

  private static Optional<String> address(String url) {
    try {
      URI uri = URI.create(url);
      String host = "localhost".equals(uri.getHost()) ? "127.0.0.1" : uri.getHost();
      return Optional.of(host + ":" + uri.getPort());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) <= FILE_BYTES_MAX) {
        String token = Files.readString(file).strip();
        if (token.matches("[0-9a-f]{64}")) {
          return token;
        }
      }
      throw new UserException(
          ExitCode.UNAVAILABLE,
          file + " holds no admin token",
          "name the file admin.token of the node's data directory");
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot read the admin token " + file,
          "run this as the user who runs the node, on its machine; check the name",
          e);
    }
  }
}
