package io.quintet.client.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.memory.MemoryNetwork;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.Uploader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FullDiskTest {
  private static final int SIZE = 5 << 20;

  @TempDir private Path folder = Path.of("");
  private final MemoryNetwork network = MemoryNetwork.of(5);
  private Path manifest = Path.of("");

  @BeforeEach
  void put() throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(5).nextBytes(bytes);
    Path source = Files.write(folder.resolve("source"), bytes);
    manifest = folder.resolve("f.manifest");
    new Uploader(network, ProgressListener.NONE)
        .upload(new UploadRequest(source, manifest, "zstd", 5, 0, false, null));
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void whatCannotFitIsRefusedBeforeTheNetworkIsTouched() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "3m")) {
      int before = network.discoveries();
      UserException e = getOnto(disk, event -> {});
      assertTrue(String.valueOf(e.getMessage()).contains("no room"), e.getMessage());
      assertEquals(before, network.discoveries());
    }
  }

  @Test
  void aDiskThatFillsUpMeanwhileFailsTheGetAndIsFreedAgain() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "6m")) {
      UserException e = getOnto(disk, event -> fillAtFirstChunk(event, disk));
      assertTrue(String.valueOf(e.getMessage()).contains("cannot write"), e.getMessage());
    }
  }

  private static void fillAtFirstChunk(ProgressEvent event, SmallDisk disk) {
    if (event instanceof ProgressEvent.ChunkDone done && done.chunksDone() == 1) {
      try {
        Files.write(disk.root().resolve("filler"), new byte[4 << 20]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private UserException getOnto(SmallDisk disk, ProgressListener listener) throws IOException {
    Path output = disk.root().resolve("f");
    Downloader downloader = new Downloader(network, listener);
    UserException e =
        assertThrows(
            UserException.class,
            () -> downloader.download(new DownloadRequest(manifest, output, false)));
    assertEquals(ExitCode.REFUSED, e.exitCode());
    Files.deleteIfExists(disk.root().resolve("filler"));
    try (var files = Files.list(disk.root())) {
      assertEquals(List.of(), files.toList());
    }
    return e;
  }

  @Test
  void aFullStandardOutputIsSaid() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "this system has no /dev/full");
    try (OutputStream out = new FileOutputStream(full.toFile())) {
      Downloader downloader = new Downloader(network, ProgressListener.NONE, out);
      UserException e =
          assertThrows(
              UserException.class,
              () -> downloader.download(new DownloadRequest(manifest, null, false)));
      assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
      assertTrue(String.valueOf(e.getMessage()).contains("standard output"), e.getMessage());
    }
  }

  /// A file system in memory; only root can make one.
  private record SmallDisk(Path root) implements AutoCloseable {
    static SmallDisk mount(Path root, String size) throws IOException, InterruptedException {
      Files.createDirectory(root);
      boolean mounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", root.toString()) == 0;
      Assumptions.assumeTrue(mounted, "this user cannot mount a small disk");
      return new SmallDisk(root);
    }

    @Override
    public void close() throws IOException {
      try {
        assertEquals(0, run("umount", root.toString()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before " + root + " was unmounted", e);
      }
    }

    private static int run(String... command) throws IOException, InterruptedException {
      try {
        return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (IOException e) {
        Assumptions.abort("there is no command " + command[0]);
        throw e;
      }
    }
  }
}
