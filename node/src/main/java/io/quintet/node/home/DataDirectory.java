package io.quintet.node.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node's directory, held by one process.
///
/// | name | what |
/// |---|---|
/// | `lock` | held while a process uses the directory |
/// | `node.key` | the node's identity |
/// | `admin.token` | 256 random bits for the control calls |
/// | `boot` | how often a node started here |
/// | `clean` | exists only between a clean stop and the next start |
/// | `node.json` | where the running node can be reached |
/// | `peers-<network>.json` | contacts of the last run |
/// | `work-<name>` | how far long work is, such as the scrub |
/// | `chunks/`, `quarantine/` | the chunk store |
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final int TOKEN_BYTES = 32;
  private static final int PLACE_BYTES_MAX = 64 << 10;
  private static final String WRITTEN =
      "node\\.key|admin\\.token|boot|clean|node\\.json|work-[a-z]{1,32}"
          + "|peers-[A-Za-z0-9._-]{1,64}\\.json|republish-[A-Za-z0-9._-]{1,64}\\.cursor";
  private static final Pattern OWN_NAMES =
      Pattern.compile("lock|" + WRITTEN + "|\\.?(" + WRITTEN + ")[A-Za-z0-9.-]{0,40}\\.tmp");

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final boolean stoppedCleanly;
  private final long boot;

  private DataDirectory(Path path, FileChannel lockFile, FileLock lock) throws IOException {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
    this.stoppedCleanly = PrivateFiles.remove(path.resolve("clean"));
    this.boot = nextBoot();
    Files.deleteIfExists(path.resolve("node.json"));
    if (!Files.exists(path.resolve("admin.token"), LinkOption.NOFOLLOW_LINKS)) {
      byte[] token = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(token);
      PrivateFiles.write(path.resolve("admin.token"), HexFormat.of().formatHex(token) + "\n");
    }
  }

  /// Creates the directory if needed (0700), locks it and counts the start.
  ///
  /// @throws NodeStartException when another process holds it, or it cannot be used
  public static DataDirectory open(Path directory) throws NodeStartException {
    Path path = directory.toAbsolutePath().normalize();
    FileChannel lockFile = null;
    boolean held = false;
    try {
      create(path);
      for (String name : List.of("lock", "boot", "admin.token")) {
        requireRegular(path.resolve(name));
      }
      lockFile =
          FileChannel.open(
              path.resolve("lock"),
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      FileLock lock = tryLock(lockFile);
      if (lock == null) {
        throw new NodeStartException(
            "another node uses the data directory " + path,
            "stop it, or start this node with another directory: --data DIR");
      }
      DataDirectory result = new DataDirectory(path, lockFile, lock);
      held = true;
      return result;
    } catch (IOException e) {
      throw new NodeStartException(
          "cannot use the data directory " + path + " (" + reason(e) + ")",
          "check its owner and the disk, or choose another directory: --data DIR",
          e);
    } finally {
      if (!held && lockFile != null) {
        closeAfterFailure(lockFile);
      }
    }
  }

  /// Opening a pipe would wait for its other end for ever, and a link leads elsewhere.
  private static void requireRegular(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file.getFileName() + " is not a regular file");
    }
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      return;
    }
    Path parent = path.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      throw new IOException("it is not a directory", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another node of this very process (as in tests) holds it: the same answer.
      return null;
    }
  }

  /// The system's words where there are any, with the file: for instance `boot: Read-only file
  /// system`.
  private static String reason(IOException e) {
    if (e instanceof FileSystemException refused && refused.getFile() != null) {
      String words = refused.getReason();
      String kind = e.getClass().getSimpleName().replace("Exception", "");
      return Path.of(refused.getFile()).getFileName() + ": " + (words != null ? words : kind);
    }
    String message = e.getMessage();
    return message != null ? message : e.getClass().getSimpleName();
  }

  private static void closeAfterFailure(FileChannel file) throws NodeStartException {
    try {
      file.close();
    } catch (IOException e) {
      throw new NodeStartException("cannot close the lock file", "check the disk", e);
    }
  }

  private long nextBoot() throws IOException {
    Path file = path.resolve("boot");
    long last = 0;
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = Files.readString(file).strip();
      if (!text.matches("[0-9]{1,18}")) {
        throw new IOException("the file boot holds no number");
      }
      last = Long.parseLong(text);
    }
    PrivateFiles.write(file, (last + 1) + "\n");
    return last + 1;
  }

  /// The directory itself, absolute.
  public Path path() {
    return path;
  }

  /// Where the identity lives.
  public Path keyFile() {
    return path.resolve("node.key");
  }

  /// The admin token: 64 hex digits.
  ///
  /// @throws IOException when the file cannot be read or holds something else
  public String adminToken() throws IOException {
    Path file = path.resolve("admin.token");
    if (Files.isSymbolicLink(file) || Files.size(file) > 4 * TOKEN_BYTES) {
      throw new IOException("admin.token is not what this node wrote");
    }
    String token = Files.readString(file).strip();
    if (!token.matches("[0-9a-f]{64}")) {
      throw new IOException("admin.token does not hold 64 hex digits; remove it to get a new one");
    }
    return token;
  }

  /// Whether the process before this one stopped cleanly, or there was none.
  public boolean stoppedCleanly() {
    return stoppedCleanly || boot == 1;
  }

  /// How often a node started here, this time included: 1 for the first.
  public long boot() {
    return boot;
  }

  /// Says in `node.json` where the running node can be reached.
  public void announce(String json) throws IOException {
    PrivateFiles.write(path.resolve("node.json"), json);
  }

  /// Saves how far the work `name` is.
  ///
  /// @param text at most a few lines
  public void savePlace(String name, String text) throws IOException {
    PrivateFiles.write(path.resolve("work-" + name), text);
  }

  /// What was saved last for the work `name`; empty when there is nothing that this node wrote.
  public Optional<String> loadPlace(String name) {
    Path file = path.resolve("work-" + name);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && Files.size(file) <= PLACE_BYTES_MAX
          ? Optional.of(Files.readString(file))
          : Optional.empty();
    } catch (IOException e) {
      LOG.warn("the place of {} cannot be read; it begins again", name, e);
      return Optional.empty();
    }
  }

  /// Removes every file that this class wrote, the place `last` after all others, and lets go of
  /// the directory, which stays: nobody knows who made it. What else is in it stays, too.
  public void removeOwnFiles(String last) throws IOException {
    List<Path> own = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        boolean ours = OWN_NAMES.matcher(String.valueOf(entry.getFileName())).matches();
        if (ours && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          own.add(entry);
        }
      }
    }
    Path journal = path.resolve("work-" + last);
    own.remove(journal);
    for (Path each : own) {
      Files.deleteIfExists(each);
    }
    PrivateFiles.remove(journal);
    close();
  }

  /// Marks a clean stop: the caller has closed everything that writes here.
  public void markClean() throws IOException {
    PrivateFiles.remove(path.resolve("node.json"));
    PrivateFiles.write(path.resolve("clean"), "");
  }

  /// Lets other processes in.
  @Override
  public void close() throws IOException {
    if (lockFile.isOpen()) {
      lock.release();
      lockFile.close();
    }
  }
}
