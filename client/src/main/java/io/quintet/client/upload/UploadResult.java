package io.quintet.client.upload;

import java.nio.file.Path;

/// How a put ended. The manifest is on disk.
///
/// @param size plain bytes
/// @param chunks entries of the manifest
/// @param storedBytes bytes of all distinct blobs, once each (not times replicas)
/// @param replicas the smallest number of durable replicas of any chunk
/// @param degraded whether any chunk has fewer replicas than wanted
public record UploadResult(
    Path manifest,
    long size,
    long chunks,
    long storedBytes,
    int replicas,
    boolean degraded,
    double seconds) {}
