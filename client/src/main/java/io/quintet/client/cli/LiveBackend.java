package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.download.Downloader;
import io.quintet.client.download.ManifestOpening;
import io.quintet.client.network.ClientNetwork;
import io.quintet.client.network.Network;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.removal.RemovalResult;
import io.quintet.client.removal.Remover;
import io.quintet.client.upkeep.AuditResult;
import io.quintet.client.upkeep.FileReplicas;
import io.quintet.client.upkeep.RepairResult;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import io.quintet.client.upload.Uploader;
import io.quintet.dht.id.Contact;
import io.quintet.manifest.Manifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The backend that talks to the network.
public final class LiveBackend implements Backend {
  private static final int NODES_MAX = 1_000;
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(3);

  /// Opens nothing yet.
  public LiveBackend() {}

  @Override
  public UploadResult put(
      NetworkOptions options, UploadRequest request, ProgressListener progress) {
    try (Network network = ClientNetwork.open(options)) {
      return new Uploader(network, progress).upload(request);
    }
  }

  @Override
  public DownloadResult get(
      NetworkOptions options, DownloadRequest request, ProgressListener progress) {
    try (Network network = ClientNetwork.open(options)) {
      return new Downloader(network, progress).download(request);
    }
  }

  @Override
  public RemovalResult remove(
      NetworkOptions options, Path manifest, @Nullable Path receipt, ProgressListener progress) {
    try (Network network = ClientNetwork.open(options)) {
      return new Remover(network, progress).remove(manifest, receipt);
    }
  }

  @Override
  public AuditResult audit(NetworkOptions options, Path manifest, ProgressListener progress) {
    Manifest opened = ManifestOpening.open(manifest);
    try (Network network = ClientNetwork.open(options)) {
      return new FileReplicas(network, progress).audit(opened);
    }
  }

  @Override
  public RepairResult repair(NetworkOptions options, Path manifest, ProgressListener progress) {
    Manifest opened = ManifestOpening.open(manifest);
    try (Network network = ClientNetwork.open(options)) {
      return new FileReplicas(network, progress).repair(opened);
    }
  }

  @Override
  public void redact(Path manifest, Path target, boolean force) {
    Redaction.write(manifest, target, force);
  }

  @Override
  public List<NodeStatus> nodes(NetworkOptions options) {
    List<Contact> contacts;
    try (Network network = ClientNetwork.open(options)) {
      contacts =
          network.discover(1, NODES_MAX).stream()
              .sorted(Comparator.comparing(Contact::id))
              .toList();
    }
    List<URI> roots = contacts.stream().map(contact -> URI.create(contact.url())).toList();
    try (StatusClient client = new StatusClient(STATUS_TIMEOUT)) {
      List<Map<String, @Nullable Object>> answers = client.getAll(roots);
      List<NodeStatus> nodes = new ArrayList<>();
      for (int i = 0; i < contacts.size(); i++) {
        Contact contact = contacts.get(i);
        nodes.add(new NodeStatus(contact.id().toString(), contact.url(), answers.get(i)));
      }
      return nodes;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public NodeStatus status(URI node) {
    try (StatusClient client = new StatusClient(STATUS_TIMEOUT)) {
      Map<String, @Nullable Object> fields = client.get(node);
      String id = fields.get("id") instanceof String text ? text : "";
      return new NodeStatus(id, node.toString(), fields);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "no status from " + node + ": " + e.getMessage(),
          "check the address; 'quintet nodes' lists the nodes that can be found",
          e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public ManifestFacts info(Path manifest) {
    return ManifestInfo.read(manifest);
  }

  private static UserException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UserException(
        ExitCode.INTERRUPTED, "interrupted before the end", "run the command again", e);
  }
}
