package io.quintet.scripts.torture.times;

import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.download.Downloader;
import io.quintet.client.download.ManifestOpening;
import io.quintet.client.network.ClientNetwork;
import io.quintet.client.network.Network;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.transfer.ChunkFetcher;
import io.quintet.client.transfer.FetchedChunk;
import io.quintet.client.transfer.Pause;
import io.quintet.client.transfer.PeerTransport;
import io.quintet.client.transfer.VerifyingTransport;
import io.quintet.manifest.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Times of gets, taken in this process, so that they are those of the network and not of starting
/// a JVM.
///
/// @param micros one time for each get, in microseconds
public record GetTimes(List<Long> micros) {
  /// Keeps its own copy.
  public GetTimes {
    micros = List.copyOf(micros);
  }

  /// Where a client looks for nodes, and keeps what it knows of them.
  public record Place(NetworkOptions options, Path state) {
    private Network open() {
      return ClientNetwork.open(options, state);
    }
  }

  /// Gets `count` chunks of a file one after the other as one client does: a transfer that lasts.
  ///
  /// @throws IOException when a chunk is not there
  public static GetTimes ofChunks(Place place, Path manifest, int count)
      throws IOException, InterruptedException {
    Manifest file = ManifestOpening.open(manifest);
    List<Long> micros = new ArrayList<>();
    try (Network network = place.open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<?> found = network.discover(1, file.replicas());
      assert !found.isEmpty();
      ChunkFetcher fetcher =
          new ChunkFetcher(
              network.dht(),
              file.chunks(),
              new VerifyingTransport(new PeerTransport(network.peers()), text -> {}),
              threads,
              Pause.REAL);
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        FetchedChunk fetched = fetcher.fetch(i % file.chunks().size());
        micros.add((System.nanoTime() - began) / 1_000);
        if (!(fetched instanceof FetchedChunk.Found)) {
          throw new IOException("a chunk is not there: " + fetched);
        }
      }
      threads.shutdownNow();
    }
    return new GetTimes(micros);
  }

  /// Gets whole files, each as a client that has just been started and knows what the last one did.
  ///
  /// @param files by manifest, with what they have to be
  /// @throws IOException when a file is not as it was
  public static GetTimes ofFiles(Place place, Map<Path, Path> files, Path out, int count)
      throws IOException {
    List<Map.Entry<Path, Path>> all = List.copyOf(files.entrySet());
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map.Entry<Path, Path> file = all.get(i % all.size());
      long began = System.nanoTime();
      try (Network network = place.open()) {
        DownloadRequest request = new DownloadRequest(file.getKey(), out, true);
        DownloadResult result =
            new Downloader(network, event -> {}, OutputStream.nullOutputStream()).download(request);
        assert result.seconds() >= 0;
      }
      micros.add((System.nanoTime() - began) / 1_000);
      if (Files.mismatch(file.getValue(), out) >= 0) {
        throw new IOException("not as it was: " + file.getValue());
      }
    }
    return new GetTimes(micros);
  }

  /// The time that 99 of 100 gets keep, in milliseconds.
  public double p99Millis() {
    return percentile(0.99);
  }

  /// The time that half of the gets keep, in milliseconds.
  public double medianMillis() {
    return percentile(0.5);
  }

  /// The longest time, in milliseconds.
  public double slowestMillis() {
    return percentile(1);
  }

  private double percentile(double share) {
    List<Long> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(sorted.size() * share) - 1) / 1_000.0;
  }
}
