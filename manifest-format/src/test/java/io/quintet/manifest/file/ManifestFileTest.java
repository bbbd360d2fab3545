package io.quintet.manifest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.Manifest;
import io.quintet.manifest.ManifestException;
import io.quintet.manifest.SampleManifests;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestFileTest {
  private final Manifest manifest = SampleManifests.takenOver();
  @TempDir private Path folder;

  @Test
  void writtenManifestReadsBackAndNothingElseIsLeft() throws IOException {
    Path target = folder.resolve("photo.manifest");
    ManifestFile.write(target, manifest, false);
    assertEquals(manifest, ManifestFile.read(target));
    assertEquals(List.of("photo.manifest"), names());
  }

  @Test
  void writtenManifestIsForItsOwnerAlone() throws IOException {
    Path target = folder.resolve("photo.manifest");
    ManifestFile.write(target, manifest, false);
    assertEquals("rw-------", permissions(target));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    ManifestFile.write(target, manifest, true);
    assertEquals("rw-------", permissions(target));
    Path claimed = folder.resolve("claimed.manifest");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    ManifestFile.claimAndRename(target, claimed);
    assertEquals("rw-------", permissions(claimed));
  }

  @Test
  void existingFileIsKeptUnlessItMayBeReplaced() throws IOException {
    Path target = folder.resolve("photo.manifest");
    Files.writeString(target, "precious");
    assertThrows(
        FileAlreadyExistsException.class, () -> ManifestFile.write(target, manifest, false));
    assertEquals("precious", Files.readString(target));
    assertEquals(List.of("photo.manifest"), names());
    ManifestFile.write(target, manifest, true);
    assertEquals(manifest, ManifestFile.read(target));
    assertEquals(List.of("photo.manifest"), names());
  }

  @Test
  void danglingLinkCountsAsExisting() throws IOException {
    Path target = folder.resolve("photo.manifest");
    Files.createSymbolicLink(target, folder.resolve("elsewhere"));
    assertThrows(
        FileAlreadyExistsException.class, () -> ManifestFile.write(target, manifest, false));
    assertThrows(FileAlreadyExistsException.class, () -> claim(target));
    assertTrue(Files.isSymbolicLink(target));
    assertFalse(Files.exists(folder.resolve("elsewhere")));
  }

  @Test
  void ofManyWritersAtOnceExactlyOneWins()
      throws IOException, InterruptedException, ExecutionException {
    Path target = folder.resolve("photo.manifest");
    assertEquals(1, winners(() -> ManifestFile.write(target, manifest, false)));
    assertEquals(manifest, ManifestFile.read(target));
    assertEquals(List.of("photo.manifest"), names());
  }

  @Test
  void withoutHardLinksStillExactlyOneWriterWins()
      throws IOException, InterruptedException, ExecutionException {
    Path target = folder.resolve("photo.manifest");
    assertEquals(1, winners(() -> claim(target)));
    assertEquals("mine", Files.readString(target));
  }

  @Test
  void directoryIsNotReplaced() throws IOException {
    Path target = Files.createDirectory(folder.resolve("photo.manifest"));
    Files.writeString(target.resolve("inside"), "precious");
    assertThrows(IOException.class, () -> ManifestFile.write(target, manifest, true));
    assertThrows(IOException.class, () -> ManifestFile.write(target, manifest, false));
    assertEquals("precious", Files.readString(target.resolve("inside")));
    assertEquals(List.of("photo.manifest"), names());
  }

  @Test
  void missingFolderAndMissingFileAreTheSystemsOwnErrors() {
    Path target = folder.resolve("nowhere").resolve("photo.manifest");
    assertThrows(NoSuchFileException.class, () -> ManifestFile.write(target, manifest, false));
    assertThrows(NoSuchFileException.class, () -> ManifestFile.read(target));
  }

  @Test
  void nameMayBeAsLongAsNamesCanBe() throws IOException {
    Path target = folder.resolve("x".repeat(255));
    ManifestFile.write(target, manifest, false);
    ManifestFile.write(target, manifest, true);
    assertEquals(manifest, ManifestFile.read(target));
  }

  @Test
  void rootIsNoNameForAFile() {
    assertThrows(
        IllegalArgumentException.class, () -> ManifestFile.write(Path.of("/"), manifest, true));
  }

  @Test
  void fileThatIsNoManifestIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("letter.txt"), "Dear Anna,");
    ManifestException refused =
        assertThrows(ManifestException.class, () -> ManifestFile.read(file));
    assertEquals(ManifestException.Kind.DAMAGED, refused.kind());
  }

  /// An attempt to write.
  private interface Attempt {
    void run() throws IOException;
  }

  private static int winners(Attempt attempt) throws InterruptedException, ExecutionException {
    int writers = 8;
    CountDownLatch start = new CountDownLatch(writers);
    List<Callable<Integer>> attempts = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      attempts.add(() -> {
        start.countDown();
        start.await();
        try {
          attempt.run();
          return 1;
        } catch (FileAlreadyExistsException e) {
          return 0;
        }
      });
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Future<Integer> won : threads.invokeAll(attempts)) {
        winners += won.get();
      }
    }
    return winners;
  }

  private void claim(Path target) throws IOException {
    Path temporary = Files.createTempFile(folder, "claim", ".tmp");
    Files.writeString(temporary, "mine");
    ManifestFile.claimAndRename(temporary, target);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
