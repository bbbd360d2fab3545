package io.quintet.scripts.cluster;

import io.quintet.client.ExitCode;
import io.quintet.client.StateDirectory;
import io.quintet.client.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Where a local cluster lives: `node-1` and so on are the data directories, `node-1.log` and so on
/// what the nodes print, `cluster.json` the state.
///
/// @param root made when the first node starts
public record ClusterDirectory(Path root) {
  /// Works with absolute paths, because nodes outlive the command and its working directory.
  public ClusterDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /// The one that is used when none is named.
  public static ClusterDirectory standard() {
    return new ClusterDirectory(StateDirectory.path().resolve("cluster"));
  }

  Path data(int number) {
    return root.resolve("node-" + number);
  }

  Path log(int number) {
    return root.resolve("node-" + number + ".log");
  }

  /// Makes the directory, for this user alone.
  void create() {
    try {
      StateDirectory.create(root);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "cannot make " + root, "choose another one: --dir DIR", e);
    }
  }

  /// Claims the cluster for one command. The claim ends with the channel or the process.
  ///
  /// @throws UserException with `REFUSED` when another command has it
  FileChannel lock() {
    try {
      FileChannel channel =
          FileChannel.open(
              root.resolve("cluster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new UserException(
            ExitCode.REFUSED,
            "another command works on the cluster in " + root,
            "wait until it is done");
      }
      return channel;
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "cannot write to " + root, "check its owner and permissions", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return null;
    }
  }

  /// The state, or null when there was no cluster yet.
  public @Nullable ClusterState state() {
    Path file = file();
    try {
      return Files.exists(file) ? ClusterState.read(file) : null;
    } catch (IOException e) {
      throw new UserException(
          ExitCode.INTEGRITY,
          "cannot read " + file + ": " + e.getMessage(),
          "end its node processes by hand and remove the file",
          e);
    }
  }

  /// The state.
  ///
  /// @throws UserException with `UNAVAILABLE` when there was no cluster yet
  public ClusterState existingState() {
    ClusterState state = state();
    if (state == null) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "there is no cluster in " + root,
          "start one: quintet cluster start 7, or name another directory: --dir DIR");
    }
    return state;
  }

  void save(ClusterState state) {
    try {
      state.write(file());
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE, "cannot write " + file(), "check the disk and its owner", e);
    }
  }

  private Path file() {
    return root.resolve("cluster.json");
  }
}
