package io.quintet.client.upload;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.codec.ChunkEncoder;
import io.quintet.client.codec.EncodedChunk;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.codec.RepeatedChunks;
import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.source.Source;
import io.quintet.manifest.Generation;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.blob.SecretKey;
import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Puts sources on the network.
public final class Uploader {
  // Worth a few more lookups, so that its chunks spread over more of a large network.
  private static final long LARGE_BYTES_MIN = 8L << 20;

  private final Network network;
  private final ProgressListener progress;
  private final InputStream standardInput;

  /// Reads the process's standard input where a request asks for it.
  ///
  /// @param network asked only after the request was checked; stays open
  public Uploader(Network network, ProgressListener progress) {
    this(network, progress, System.in);
  }

  /// The same with another standard input.
  public Uploader(Network network, ProgressListener progress, InputStream standardInput) {
    this.network = network;
    this.progress = progress;
    this.standardInput = standardInput;
  }

  /// Blocks until every chunk is durable on its nodes and the manifest is on disk.
  ///
  /// @throws UserException when it fails, and with `INTERRUPTED` when the thread is interrupted;
  ///   there is no new manifest then
  public UploadResult upload(UploadRequest request) {
    long begin = System.nanoTime();
    UploadPlan plan = UploadPlan.of(request, standardInput, this::warn);
    Generation generation = new Generation(newKey(), newKey());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        return run(plan, generation, threads, begin);
      } finally {
        threads.shutdownNow();
      }
    } catch (ExecutionException e) {
      throw UploadFailures.of(plan, e.getCause());
    } catch (ClosedByInterruptException | InterruptedException e) {
      throw UploadFailures.interrupted(e);
    } catch (IOException e) {
      throw UploadFailures.of(plan, e);
    }
  }

  private static Supplier<ChunkEncoder> encoders(UploadPlan plan, Generation generation) {
    RepeatedChunks repeated = new RepeatedChunks();
    int replicas = plan.request().replicas();
    return () -> new ChunkEncoder(generation, plan.compression(), replicas, repeated);
  }

  private UploadResult run(
      UploadPlan plan, Generation generation, ExecutorService threads, long begin)
      throws IOException, InterruptedException, ExecutionException {
    UploadRequest request = plan.request();
    Source source = plan.source();
    progress.on(new ProgressEvent.Started("put", source.size()));
    boolean large = source.size() < 0 || source.size() >= LARGE_BYTES_MIN;
    Future<StorageStage> storage = threads.submit(() -> openStorage(request, large, threads));
    try (InputStream in = source.open();
        Receipt receipt = Receipt.start(request.receipt());
        UploadPipeline<UploadedChunk> pipeline =
            new UploadPipeline<>(
                encoders(plan, generation), chunk -> threads.submit(() -> store(chunk, storage)))) {
      ManifestRows rows = new ManifestRows(request.replicas(), receipt, progress);
      pipeline.run(in, chunk -> rows.add(chunk, replicasMin(request, storage)));
      // Also for an empty source, whose manifest would be of no use without a network.
      StorageStage opened = storage.get();
      assert opened.nodes() > 0;
      Manifest manifest = rows.manifest(generation, plan.compression(), source.content());
      if (receipt != null) {
        receipt.complete();
      }
      writeManifest(request, manifest);
      if (receipt != null) {
        receipt.publish();
      }
      return finished(request, rows, opened, begin);
    }
  }

  private StorageStage openStorage(UploadRequest request, boolean large, ExecutorService threads)
      throws InterruptedException {
    Candidates candidates = Candidates.discover(network, request.replicas());
    if (large) {
      candidates.sample(new SecureRandom());
    }
    StorageStage storage = new StorageStage(network, candidates, request.replicas(), threads);
    int nodes = storage.nodes();
    progress.on(new ProgressEvent.NodesFound(nodes));
    if (nodes < request.minReplicas()) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "found " + nodes + " nodes, and --min-replicas asks for " + request.minReplicas(),
          "start more nodes, or lower --min-replicas");
    }
    return storage;
  }

  // Awaits the network when there is something to store, so that encoding does not wait for it.
  private static UploadedChunk store(EncodedChunk chunk, Future<StorageStage> storage)
      throws InterruptedException, ExecutionException {
    EncodedBlob blob = chunk.blob();
    return UploadedChunk.of(chunk, blob == null ? null : storage.get().store(blob));
  }

  private static int replicasMin(UploadRequest request, Future<StorageStage> storage) {
    int asked = request.minReplicas();
    int nodes = storage.resultNow().nodes();
    return asked > 0 ? asked : Math.min(Math.min(3, request.replicas()), nodes);
  }

  private static void writeManifest(UploadRequest request, Manifest manifest) throws IOException {
    Path target = request.manifest();
    try {
      ManifestFile.write(target, manifest, request.force());
    } catch (FileAlreadyExistsException e) {
      throw new UserException(
          ExitCode.REFUSED,
          "the manifest " + target + " appeared while the chunks were stored",
          "choose another name with -o and put it again",
          e);
    } catch (IOException e) {
      throw UploadFailures.manifestNotWritten(target, e);
    }
  }

  private UploadResult finished(
      UploadRequest request, ManifestRows rows, StorageStage storage, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    progress.on(new ProgressEvent.Finished(rows.chunks(), rows.size(), seconds));
    int replicas =
        rows.chunks() == 0 ? Math.min(request.replicas(), storage.nodes()) : rows.replicas();
    return new UploadResult(
        request.manifest(),
        rows.size(),
        rows.chunks(),
        rows.storedBytes(),
        replicas,
        replicas < request.replicas(),
        seconds);
  }

  private void warn(String text) {
    progress.on(new ProgressEvent.Warning(text));
  }

  private static SecretKey newKey() {
    byte[] bytes = new byte[SecretKey.BYTES];
    new SecureRandom().nextBytes(bytes);
    return SecretKey.fromBytes(bytes);
  }
}
