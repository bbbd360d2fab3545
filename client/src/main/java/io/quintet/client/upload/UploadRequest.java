package io.quintet.client.upload;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What to put, and how.
///
/// @param source the file or directory, or null for standard input
/// @param manifest where the manifest goes; must not exist unless `force`
/// @param compression `zstd`, `zlib`, `xz` or `none`
/// @param replicas wanted durable copies per chunk, 1 to 20
/// @param minReplicas fewer than this on any chunk is a failure; 0 means min(3, nodes found)
/// @param receipt where the receipt goes, or null for none: one JSON object that maps each distinct
///   chunk id to the array of the node ids that answered durable, written as a stream
public record UploadRequest(
    @Nullable Path source,
    Path manifest,
    String compression,
    int replicas,
    int minReplicas,
    boolean force,
    @Nullable Path receipt) {
  /// The same with another place for the receipt.
  public UploadRequest withReceipt(@Nullable Path file) {
    return new UploadRequest(source, manifest, compression, replicas, minReplicas, force, file);
  }
}
