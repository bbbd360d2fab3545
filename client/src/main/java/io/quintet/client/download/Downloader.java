package io.quintet.client.download;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.codec.ChunkDecoder;
import io.quintet.client.codec.CodecException;
import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.transfer.ChunkFetcher;
import io.quintet.client.transfer.Pause;
import io.quintet.client.transfer.PeerTransport;
import io.quintet.client.transfer.VerifyingTransport;
import io.quintet.manifest.Content;
import io.quintet.manifest.Manifest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Gets what manifests describe from the network.
public final class Downloader {
  private static final int DECODERS = 2;

  private final Network network;
  private final ProgressListener progress;
  private final OutputStream standardOutput;

  /// Writes to the process's standard output where a request asks for it.
  ///
  /// @param network asked only after the request was checked; stays open
  public Downloader(Network network, ProgressListener progress) {
    // Unlike the stream for text, this one tells that a disk is full or that nobody reads on.
    this(network, progress, new FileOutputStream(FileDescriptor.out));
  }

  /// The same with another standard output, which stays open.
  public Downloader(Network network, ProgressListener progress, OutputStream standardOutput) {
    this.network = network;
    this.progress = progress;
    this.standardOutput = standardOutput;
  }

  /// Blocks until the output is complete, verified and has its name.
  ///
  /// @throws UserException when it fails, and with `INTERRUPTED` when the thread is interrupted
  public DownloadResult download(DownloadRequest request) {
    long begin = System.nanoTime();
    Manifest manifest = ManifestOpening.open(request.manifest());
    checkReadable(request, manifest);
    Target target = target(request, manifest);
    target.check();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DecoderPool decoders =
            new DecoderPool(DECODERS, () -> new ChunkDecoder(manifest.generations()))) {
      try {
        decoders.prepare();
        return run(manifest, target, decoders, threads, begin);
      } finally {
        threads.shutdownNow();
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (ChunkStream.StageFailure e) {
      throw failure(e.getCause());
    } catch (ClosedByInterruptException | InterruptedIOException | InterruptedException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw target.failed(e);
    }
  }

  private static void checkReadable(DownloadRequest request, Manifest manifest) {
    if (manifest.isRedacted()) {
      throw new UserException(
          ExitCode.REFUSED,
          request.manifest() + " is redacted: it holds no key",
          "use the manifest that put wrote; a redacted copy is for checking only");
    }
  }

  private Target target(DownloadRequest request, Manifest manifest) {
    Path output = request.output();
    if (output == null) {
      return new StreamTarget(standardOutput);
    }
    return manifest.content() == Content.TAR
        ? new TreeTarget(output, manifest.size())
        : new FileTarget(output, manifest.size(), request.force());
  }

  private DownloadResult run(
      Manifest manifest, Target target, DecoderPool decoders, ExecutorService threads, long begin)
      throws IOException, InterruptedException, ExecutionException {
    progress.on(new ProgressEvent.Started("get", manifest.size()));
    // An empty file needs nobody.
    PlainChunks.Chain chain =
        manifest.size() == 0 ? () -> null : chain(manifest, decoders, threads);
    PlainChunks chunks = new PlainChunks(manifest, chain, progress);
    String sha256 = target.take(chunks);
    double seconds = (System.nanoTime() - begin) / 1e9;
    progress.on(new ProgressEvent.Finished(chunks.count(), chunks.bytes(), seconds));
    return new DownloadResult(target.name(), chunks.bytes(), sha256, seconds);
  }

  private PlainChunks.Chain chain(
      Manifest manifest, DecoderPool decoders, ExecutorService threads) {
    int nodes = network.discover(1, manifest.replicas()).size();
    progress.on(new ProgressEvent.NodesFound(nodes));
    VerifyingTransport transport =
        new VerifyingTransport(
            new PeerTransport(network.peers()),
            text -> progress.on(new ProgressEvent.Warning(text)));
    ChunkFetcher fetcher =
        new ChunkFetcher(network.dht(), manifest.chunks(), transport, threads, Pause.REAL);
    return new DownloadPipeline(manifest, fetcher, decoders, threads)::next;
  }

  private static UserException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case UserException known -> known;
      case ExecutionException nested -> failure(nested.getCause());
      case InterruptedException interrupt -> interrupted(interrupt);
      case CodecException e ->
          new UserException(
              ExitCode.INTEGRITY,
              "a chunk is not what this manifest's key made: " + e.getMessage(),
              "use another copy of the manifest",
              e);
      case null, default ->
          throw new IllegalStateException("the download failed in an unforeseen way", cause);
    };
  }

  private static UserException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    return new UserException(
        ExitCode.INTERRUPTED,
        "interrupted; what was restored so far is removed",
        "get it again",
        cause);
  }
}
