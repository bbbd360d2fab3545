package io.quintet.client.cli;

/// What a manifest says about its file, without any key.
///
/// @param version of the manifest's format
/// @param size plain bytes
/// @param chunks entries of the manifest
/// @param distinctChunks blobs that the nodes keep: equal chunks are stored once
/// @param chunkSize plain bytes of a full chunk
/// @param compression `zstd`, `zlib`, `xz` or `none`
/// @param content `file` or `tar` (a directory)
/// @param replicas wanted copies of each chunk
/// @param merkleRoot 64 hex digits
/// @param readable false for a redacted manifest, which can be audited but not read
public record ManifestFacts(
    int version,
    long size,
    long chunks,
    long distinctChunks,
    int chunkSize,
    String compression,
    String cipher,
    String content,
    int replicas,
    String merkleRoot,
    boolean readable) {}
