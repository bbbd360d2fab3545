package io.quintet.client.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.download.Downloader;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import io.quintet.client.upload.Uploader;
import io.quintet.manifest.blob.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundTripTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "zstd,0",
    "zstd,1",
    "zstd,1048576",
    "zstd,1048577",
    "zlib,3000000",
    "xz,2500000",
    "none,5000000"
  })
  void whatWasPutIsGot(String compression, int size) throws IOException {
    byte[] bytes = halfRandom(size);
    Path source = Files.write(folder.resolve("source"), bytes);
    Path manifest = folder.resolve("source.manifest");
    try (MemoryNetwork network = MemoryNetwork.of(7)) {
      UploadResult put =
          new Uploader(network, ProgressListener.NONE)
              .upload(new UploadRequest(source, manifest, compression, 5, 0, false, null));
      assertEquals(size, put.size());
      assertEquals(5, put.replicas());
      assertFalse(put.degraded());
      Path output = folder.resolve("output");
      DownloadResult got =
          new Downloader(network, ProgressListener.NONE)
              .download(new DownloadRequest(manifest, output, false));
      assertArrayEquals(bytes, Files.readAllBytes(output));
      assertEquals(HexFormat.of().formatHex(Sha256.hash(bytes)), got.sha256());
      try (var files = Files.list(folder)) {
        assertEquals(3, files.count());
      }
    }
  }

  @Test
  void aDirectoryComesBackAsItWas() throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("inner/empty"));
    byte[] bytes = halfRandom(3 << 20);
    Files.write(tree.resolve("inner/big"), bytes);
    Files.writeString(tree.resolve("small"), "small");
    Files.createSymbolicLink(tree.resolve("inner/link"), Path.of("../small"));
    Path manifest = folder.resolve("tree.manifest");
    try (MemoryNetwork network = MemoryNetwork.of(5)) {
      UploadResult put =
          new Uploader(network, ProgressListener.NONE)
              .upload(new UploadRequest(tree, manifest, "zstd", 5, 0, false, null));
      assertTrue(put.size() > bytes.length);
      Path output = folder.resolve("output");
      new Downloader(network, ProgressListener.NONE)
          .download(new DownloadRequest(manifest, output, false));
      assertArrayEquals(bytes, Files.readAllBytes(output.resolve("inner/big")));
      assertEquals("small", Files.readString(output.resolve("inner/link")));
      assertTrue(Files.isSymbolicLink(output.resolve("inner/link")));
      assertTrue(Files.isDirectory(output.resolve("inner/empty")));
    }
  }

  private static byte[] halfRandom(int size) {
    byte[] bytes = new byte[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i / 300_000 % 2 == 0 ? random.nextInt() : i % 50);
    }
    return bytes;
  }
}
