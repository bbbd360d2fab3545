package io.quintet.client.download;

/// How a get ended: the bytes are complete and their Merkle root matches.
///
/// @param path what was made, `-` for standard output
/// @param size plain bytes
/// @param sha256 of the plain bytes, 64 hex digits (of the tar stream for a directory)
public record DownloadResult(String path, long size, String sha256, double seconds) {}
