package io.quintet.client.cli;

import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.removal.RemovalResult;
import io.quintet.client.upkeep.AuditResult;
import io.quintet.client.upkeep.RepairResult;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the commands can ask for once the command line is understood. Every call blocks and opens
/// and closes the network itself.
///
/// Every failure that a person can act on is a [io.quintet.client.UserException].
public interface Backend {
  /// Stores a file, a directory or standard input.
  UploadResult put(NetworkOptions network, UploadRequest request, ProgressListener progress);

  /// Restores what a manifest describes.
  DownloadResult get(NetworkOptions network, DownloadRequest request, ProgressListener progress);

  /// Deletes from the network what a manifest describes.
  ///
  /// @param receipt of the put, null: the one beside the manifest, if there is one
  RemovalResult remove(
      NetworkOptions network, Path manifest, @Nullable Path receipt, ProgressListener progress);

  /// Counts the replicas of what a manifest describes, by proof.
  AuditResult audit(NetworkOptions network, Path manifest, ProgressListener progress);

  /// Makes the missing replicas of what a manifest describes.
  RepairResult repair(NetworkOptions network, Path manifest, ProgressListener progress);

  /// Writes a copy of a manifest without its keys.
  ///
  /// @param force whether a file at `target` may be replaced
  void redact(Path manifest, Path target, boolean force);

  /// Finds the nodes of the network and asks each for its status; in the order of their ids.
  List<NodeStatus> nodes(NetworkOptions network);

  /// Asks one node for its status.
  ///
  /// @param node the root of its HTTP API, `http://host:port`
  NodeStatus status(URI node);

  /// Reads a manifest's open facts.
  ManifestFacts info(Path manifest);
}
