package io.quintet.manifest;

import io.quintet.manifest.blob.SecretKey;

/// The secrets of one upload. A manifest whose chunks were taken over from earlier uploads of the
/// file lists the generations of those too.
///
/// @param key the AES-256-GCM key of every blob that the upload made
/// @param deleteKey the root of the delete secrets of those blobs
public record Generation(SecretKey key, SecretKey deleteKey) {}
