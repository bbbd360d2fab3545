package io.quintet.client.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.manifest.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {
  @TempDir private Path folder = Path.of("");
  private final List<String> warnings = new ArrayList<>();

  @Test
  void aFileIsReadWhole() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3});
    Source source = Sources.of(file, warnings::add);
    assertEquals(3, source.size());
    assertEquals(Content.FILE, source.content());
    try (InputStream in = source.open()) {
      assertArrayEquals(new byte[] {1, 2, 3}, in.readAllBytes());
    }
  }

  @Test
  void aMissingFileIsUnavailable() {
    UserException e =
        assertThrows(
            UserException.class, () -> Sources.of(folder.resolve("nothing"), warnings::add));
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertTrue(String.valueOf(e.getMessage()).contains("nothing"));
  }

  @Test
  void anUnreadableFileIsNamedEvenDeepInADirectory() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("tree/deep"));
    Path secret = Files.createFile(tree.resolve("secret"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(secret), "this user can read everything");
    UserException e =
        assertThrows(UserException.class, () -> Sources.of(folder.resolve("tree"), warnings::add));
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertTrue(String.valueOf(e.getMessage()).contains(secret.toString()));
    assertThrows(UserException.class, () -> Sources.of(secret, warnings::add));
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedInsteadOfChanged() throws IOException {
    Path tree = Files.createDirectories(folder.resolve("latin"));
    Path odd = latin1("latin/gr\u00fc\u00dfe");
    Assumptions.assumeTrue(createsFile(odd), "this file system takes UTF-8 names only");
    UserException e = assertThrows(UserException.class, () -> Sources.of(tree, warnings::add));
    assertEquals(ExitCode.REFUSED, e.exitCode());
    assertTrue(String.valueOf(e.getMessage()).contains(odd.toString()), e.getMessage());
    Files.delete(odd);
    Path link = Files.createSymbolicLink(tree.resolve("link"), odd.getFileName());
    e = assertThrows(UserException.class, () -> Sources.of(tree, warnings::add));
    assertTrue(String.valueOf(e.getMessage()).contains(link.toString()), e.getMessage());
    // As Java hands it over when it was typed.
    Path typed = Path.of(odd.toString());
    e = assertThrows(UserException.class, () -> Sources.of(typed, warnings::add));
    assertTrue(String.valueOf(e.getMessage()).contains("UTF-8"), e.getMessage());
    Files.delete(link);
    Files.createFile(tree.resolve("\ufffd in UTF-8"));
    assertEquals(List.of("./", "\ufffd in UTF-8"), names(read(Sources.of(tree, warnings::add))));
  }

  /// A path whose name has the bytes of `name` in ISO 8859-1.
  private Path latin1(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.ISO_8859_1).replace("%2F", "/");
    return Path.of(URI.create(folder.toUri() + encoded));
  }

  private static boolean createsFile(Path file) {
    try {
      Files.createFile(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aFileThatGrowsShrinksOrChangesWhileItIsReadIsRefused() throws IOException {
    assertChangeIsNoticed("grows", file -> Files.write(file, new byte[2_000]));
    assertChangeIsNoticed("shrinks", file -> Files.write(file, new byte[5]));
    assertChangeIsNoticed(
        "changes", file -> Files.setLastModifiedTime(file, FileTime.fromMillis(12_345_000)));
    assertChangeIsNoticed(
        "is replaced",
        file -> {
          Path other = Files.write(folder.resolve("other"), new byte[1_000]);
          Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
          return Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        });
  }

  private interface Change {
    Path to(Path file) throws IOException;
  }

  private void assertChangeIsNoticed(String how, Change change) throws IOException {
    Path file = Files.write(folder.resolve(how), new byte[1_000]);
    Source source = Sources.of(file, warnings::add);
    try (InputStream in = source.open()) {
      assertEquals(10, in.readNBytes(10).length);
      assertEquals(file.getFileName(), change.to(file).getFileName());
      UserException e = assertThrows(UserException.class, in::readAllBytes, how);
      assertEquals(ExitCode.REFUSED, e.exitCode());
    }
  }

  @Test
  void aPipeIsAStreamOfUnknownLength() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Source source = Sources.of(pipe, warnings::add);
    assertInstanceOf(StreamSource.class, source);
    assertEquals(Source.UNKNOWN, source.size());
    Thread writer = Thread.startVirtualThread(() -> write(pipe, "through the pipe"));
    try (InputStream in = source.open()) {
      assertEquals("through the pipe", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    writer.join();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, java.nio.file.StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aDirectoryIsOneTarStreamInAFixedOrder() throws Exception {
    Path tree = tree();
    assertEquals(
        0, new ProcessBuilder("mkfifo", tree.resolve("pipe").toString()).start().waitFor());
    Files.createSymbolicLink(tree.resolve("loop"), Path.of("."));
    Files.createSymbolicLink(tree.resolve("out"), Path.of("../elsewhere"));
    Files.createSymbolicLink(tree.resolve("absolute"), Path.of("/etc"));
    Source source = Sources.of(tree, warnings::add);
    assertEquals(Content.TAR, source.content());
    byte[] stream = read(source);
    assertEquals(
        List.of("./", "b/", "b/empty/", "b/z", "c", "loop", "n".repeat(200), "ü"), names(stream));
    assertEquals(3, warnings.size(), warnings.toString());
    assertArrayEquals(stream, read(Sources.of(tree, text -> {})));
  }

  @Test
  void aFileThatChangesWithinADirectoryIsRefused() throws IOException {
    Path tree = tree();
    Source source = Sources.of(tree, warnings::add);
    try (InputStream in = source.open()) {
      assertEquals(1, in.readNBytes(1).length);
      Files.writeString(tree.resolve("b/z"), "now longer than it was");
      // Not yet stamped, so the new contents are taken.
      assertTrue(in.readAllBytes().length > 0);
    }
    assertEquals(List.of(), warnings);
  }

  private Path tree() throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("b/empty"));
    Files.writeString(tree.resolve("b/z"), "z");
    Files.write(tree.resolve("c"), new byte[100_000]);
    Files.writeString(tree.resolve("n".repeat(200)), "long name");
    Files.writeString(tree.resolve("ü"), "not ASCII");
    return tree;
  }

  private static byte[] read(Source source) throws IOException {
    try (InputStream in = source.open()) {
      return in.readAllBytes();
    }
  }

  private static List<String> names(byte[] stream) throws IOException {
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new java.io.ByteArrayInputStream(stream), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
        assertEquals(0, entry.getLongUserId());
        assertEquals("", entry.getUserName());
      }
    }
    return names;
  }
}
