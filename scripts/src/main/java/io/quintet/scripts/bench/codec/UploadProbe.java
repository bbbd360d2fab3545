package io.quintet.scripts.bench.codec;

import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import io.quintet.client.upload.Uploader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the client's whole upload of a file against [ForgetfulNodes]: read, hash, compress,
/// encrypt, hash, place.
public final class UploadProbe {
  private static final int REPLICAS = 5;

  private final Path file;

  /// @param file what is put, again and again
  public UploadProbe(Path file) {
    this.file = file;
  }

  /// Uploads `rounds` times in this process.
  public Rounds run(int rounds) throws IOException {
    Path directory = Files.createTempDirectory("quintet-probe");
    Path manifest = directory.resolve("manifest");
    List<Double> seconds = new ArrayList<>();
    long stored = 0;
    try (Network network = new ForgetfulNodes().network()) {
      UploadRequest request =
          new UploadRequest(file, manifest, "zstd", REPLICAS, REPLICAS, true, null);
      for (int i = 0; i < rounds; i++) {
        long begin = System.nanoTime();
        UploadResult result = new Uploader(network, ProgressListener.NONE).upload(request);
        seconds.add((System.nanoTime() - begin) / 1e9);
        stored = result.storedBytes();
      }
    } finally {
      Files.deleteIfExists(manifest);
      Files.deleteIfExists(directory);
    }
    return new Rounds(Files.size(file), stored, seconds);
  }
}
