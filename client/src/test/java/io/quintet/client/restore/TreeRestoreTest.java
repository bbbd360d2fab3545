package io.quintet.client.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TreeRestoreTest {
  @TempDir private Path folder = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void chooseTarget() {
    target = folder.resolve("in/target");
    assertTrue(folder.resolve("in").toFile().mkdir());
  }

  @Test
  void filesDirectoriesAndLinksAreRestored() throws IOException {
    extract(
        new TarBytes()
            .directory("./")
            .directory("sub/")
            .file("sub/file", "hello")
            .link("sub/link", "file"));
    assertEquals("hello", Files.readString(target.resolve("sub/file")));
    assertEquals(Path.of("file"), Files.readSymbolicLink(target.resolve("sub/link")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/escaped",
        "../escaped",
        "sub/../../escaped",
        "sub/..",
        "sub//x",
        "..",
        "a/./b"
      })
  void namesThatLeaveTheDirectoryAreRefused(String name) throws IOException {
    assertRefused(new TarBytes().directory("sub/").file(name, "evil"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "..", "../..", "sub/..", "./sub/../x"})
  void linksThatLeadOutAreRefused(String linkTarget) throws IOException {
    assertRefused(new TarBytes().directory("sub/").link("link", linkTarget));
  }

  @Test
  void writingThroughALinkIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("in/outside"));
    assertRefused(
        new TarBytes().directory("sub/").link("link", "sub").file("link/file", "through"));
    assertRefused(new TarBytes().link("link", "sub").file("link", "over the link"));
  }

  @Test
  void hardLinksDevicesAndPipesAreRefused() throws IOException {
    assertRefused(new TarBytes().file("a", "x").special("b", TarConstants.LF_LINK, "a"));
    assertRefused(new TarBytes().special("b", TarConstants.LF_LINK, "/etc/passwd"));
    assertRefused(new TarBytes().special("b", TarConstants.LF_CHR, ""));
    assertRefused(new TarBytes().special("b", TarConstants.LF_BLK, ""));
    assertRefused(new TarBytes().special("b", TarConstants.LF_FIFO, ""));
  }

  @Test
  void aNameThatIsThereTwiceIsRefused() throws IOException {
    assertRefused(new TarBytes().file("a", "1").file("a", "2"));
    assertRefused(new TarBytes().directory("a/").directory("a/"));
    assertRefused(new TarBytes().file("a", "1").file("a/b", "2"));
    assertRefused(new TarBytes().file("a", "1").directory("./"));
  }

  @Test
  void aFileWithoutItsDirectoryIsRefused() throws IOException {
    assertRefused(new TarBytes().file("nowhere/a", "1"));
  }

  @Test
  void modesAreRestoredWithoutSpecialBits() throws IOException {
    extract(new TarBytes().mode(07751).directory("d/").mode(06640).file("d/f", "x"));
    assertEquals("rwxr-x--x", mode("d"));
    assertEquals("rw-r-----", mode("d/f"));
    Object special = Files.getAttribute(target.resolve("d"), "unix:mode");
    assertEquals(0, (int) special & 07000);
  }

  @Test
  void aReadOnlyDirectoryIsFilledFirst() throws IOException {
    extract(new TarBytes().mode(0555).directory("d/").mode(0444).file("d/f", "x"));
    assertEquals("r-xr-xr-x", mode("d"));
    assertEquals("x", Files.readString(target.resolve("d/f")));
  }

  @Test
  void aStreamThatEndsTooEarlyLeavesNothing() throws IOException {
    byte[] whole = new TarBytes().file("a", "x".repeat(5_000)).bytes();
    byte[] cut = java.util.Arrays.copyOf(whole, 3_000);
    assertThrows(IOException.class, () -> extract(cut));
    assertNothingThere();
  }

  @Test
  void aHugeHeaderIsRefusedWithinLittleMemory() throws IOException {
    byte[] huge =
        new TarBytes().special("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, "").bytes();
    byte[] size = "77777777777\0".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, huge, 124, size.length);
    TarBytes.fixChecksum(huge);
    java.io.InputStream endless =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(java.util.Arrays.copyOf(huge, 512)), new Endless());
    try (TreeRestore tree = new TreeRestore(target)) {
      assertThrows(IOException.class, () -> tree.extract(endless));
    }
  }

  @Test
  void whatIsKeptHasThePartialName() throws IOException {
    try (TreeRestore tree = new TreeRestore(target)) {
      tree.extract(new ByteArrayInputStream(new TarBytes().file("a", "x").bytes()));
      assertFalse(Files.exists(target));
      Path kept = tree.keep();
      assertEquals(folder.resolve("in/target.partial"), kept);
    }
    assertEquals("x", Files.readString(folder.resolve("in/target.partial/a")));
  }

  @Test
  void aTargetThatAppearedMeanwhileIsNotReplaced() throws IOException {
    try (TreeRestore tree = new TreeRestore(target)) {
      Files.createDirectory(target);
      Files.writeString(target.resolve("mine"), "mine");
      assertThrows(IOException.class, tree::finish);
    }
    assertEquals("mine", Files.readString(target.resolve("mine")));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(name)));
  }

  private void assertRefused(TarBytes tar) throws IOException {
    byte[] bytes = tar.bytes();
    assertThrows(EntryRefusedException.class, () -> extract(bytes));
    assertNothingThere();
  }

  private void assertNothingThere() throws IOException {
    assertFalse(Files.exists(target));
    try (var files = Files.list(folder)) {
      assertArrayEquals(new Object[] {folder.resolve("in")}, files.toArray());
    }
    try (var files = Files.list(folder.resolve("in"))) {
      assertEquals(0, files.filter(file -> !file.endsWith("outside")).count());
    }
  }

  private void extract(TarBytes tar) throws IOException {
    extract(tar.bytes());
  }

  private void extract(byte[] tar) throws IOException {
    try (TreeRestore tree = new TreeRestore(target)) {
      tree.extract(new ByteArrayInputStream(tar));
      tree.finish();
    }
  }

  private static final class Endless extends java.io.InputStream {
    @Override
    public int read() {
      return 'a';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      java.util.Arrays.fill(bytes, offset, offset + length, (byte) 'a');
      return length;
    }
  }
}
