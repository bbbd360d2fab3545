package io.quintet.client.cli;

import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.removal.RemovalResult;
import io.quintet.client.upkeep.AuditResult;
import io.quintet.client.upkeep.RepairResult;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A backend that does nothing, remembers what it was asked and answers what the test sets.
final class ScriptedBackend implements Backend {
  static final String ID = "ab".repeat(32);

  final List<NetworkOptions> networks = new ArrayList<>();
  final List<UploadRequest> puts = new ArrayList<>();
  final List<DownloadRequest> gets = new ArrayList<>();
  final List<URI> asked = new ArrayList<>();
  @Nullable RuntimeException failure;
  Runnable work = () -> {};
  boolean degraded;
  String receipt = "{}";
  List<NodeStatus> nodes =
      List.of(
          new NodeStatus(
              ID,
              "http://127.0.0.1:8000",
              Map.of("version", "0.1.0", "chunks", 12, "freeBytes", 3L << 30)));

  @Override
  public UploadResult put(
      NetworkOptions network, UploadRequest request, ProgressListener progress) {
    networks.add(network);
    puts.add(request);
    fail();
    progress.on(new ProgressEvent.Started("put", 2_097_152));
    progress.on(new ProgressEvent.NodesFound(7));
    progress.on(new ProgressEvent.ChunkDone(1, 1_048_576));
    progress.on(new ProgressEvent.Warning("node x\u001b[31m is slow"));
    progress.on(new ProgressEvent.Finished(2, 2_097_152, 0.5));
    if (request.receipt() != null) {
      CliRun.write(request.receipt(), receipt);
    }
    int replicas = degraded ? 3 : 5;
    return new UploadResult(
        request.manifest(), 2_097_152, 2, 1_000_000, replicas, degraded, 0.51239);
  }

  @Override
  public DownloadResult get(
      NetworkOptions network, DownloadRequest request, ProgressListener progress) {
    networks.add(network);
    gets.add(request);
    fail();
    progress.on(new ProgressEvent.Started("get", 2_097_152));
    progress.on(new ProgressEvent.Finished(2, 2_097_152, 0.25));
    Path output = request.output();
    return new DownloadResult(
        output == null ? "-" : output.toString(), 2_097_152, "cd".repeat(32), 0.25);
  }

  @Override
  public RemovalResult remove(
      NetworkOptions network, Path manifest, @Nullable Path receipt, ProgressListener progress) {
    throw new IllegalStateException("no test asks for this");
  }

  @Override
  public AuditResult audit(NetworkOptions network, Path manifest, ProgressListener progress) {
    networks.add(network);
    fail();
    return audited;
  }

  @Override
  public RepairResult repair(NetworkOptions network, Path manifest, ProgressListener progress) {
    networks.add(network);
    fail();
    return new RepairResult(3, 7, audited);
  }

  @Override
  public void redact(Path manifest, Path target, boolean force) {
    fail();
  }

  @Override
  public List<NodeStatus> nodes(NetworkOptions network) {
    networks.add(network);
    fail();
    return nodes;
  }

  @Override
  public NodeStatus status(URI node) {
    asked.add(node);
    fail();
    return nodes.getFirst();
  }

  @Override
  public ManifestFacts info(Path manifest) {
    fail();
    return new ManifestFacts(
        1, 2_097_152, 2, 2, 1_048_576, "zstd", "AES-256-GCM", "file", 5, "ef".repeat(32), true);
  }

  /// What audits find.
  AuditResult audited = new AuditResult(5, 0, 0, 0, 2, 5, 10, 0, 0);

  private void fail() {
    work.run();
    if (failure != null) {
      throw failure;
    }
  }
}
