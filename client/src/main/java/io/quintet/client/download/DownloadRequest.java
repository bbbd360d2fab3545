package io.quintet.client.download;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What to get, and where to.
///
/// @param manifest the manifest file
/// @param output the file or directory to make, or null for standard output
public record DownloadRequest(Path manifest, @Nullable Path output, boolean force) {}
