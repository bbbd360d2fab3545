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
/// @param receipt where the receipt (chunk id to node ids) goes, or null for none
public record UploadRequest(
    @Nullable Path source,
    Path manifest,
    String compression,
    int replicas,
    int minReplicas,
    boolean force,
    @Nullable Path receipt) {}
