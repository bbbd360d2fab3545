package io.quintet.manifest;

import io.quintet.manifest.blob.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The checksum of a manifest: SHA-256 over a canonical binary encoding of all its values, so that
/// no damage to the text goes unnoticed, and no harmless change of its layout matters.
///
/// The encoding is fixed field by field in `docs/FORMAT.md`. Every field has a fixed width or comes
/// after its count, so different manifests never encode alike.
final class ManifestChecksum {
  private static final byte[] LABEL = "quintet/manifest/v1".getBytes(StandardCharsets.US_ASCII);
  private static final byte CIPHER_AES_256_GCM = 1;
  private static final int BUFFER_BYTES = 16 << 10;

  // The longest run of bytes between two calls of drain: a chunk's entry, or two keys.
  private static final int STEP_BYTES = 128;

  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  private ManifestChecksum() {}

  static byte[] of(Manifest manifest) {
    return new ManifestChecksum().encode(manifest);
  }

  private byte[] encode(Manifest manifest) {
    buffer
        .put(LABEL)
        .putLong(manifest.size())
        .putInt(manifest.chunkSize())
        .put(manifest.compression().codec())
        .put(CIPHER_AES_256_GCM)
        .put(manifest.content().code())
        .put((byte) manifest.replicas())
        .put(manifest.merkleRoot())
        .putInt(manifest.generations().size());
    for (Generation generation : manifest.generations()) {
      drain(STEP_BYTES);
      buffer.put(generation.key().toBytes()).put(generation.deleteKey().toBytes());
    }
    drain(STEP_BYTES);
    ChunkTable chunks = manifest.chunks();
    buffer.putInt(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      drain(STEP_BYTES);
      buffer.put(chunks.id(i).toBytes()).putInt(chunks.generation(i)).putLong(chunks.position(i));
    }
    drain(BUFFER_BYTES);
    return digest.digest();
  }

  /// Hashes what is buffered, unless `room` bytes more fit in.
  private void drain(int room) {
    if (buffer.remaining() < room) {
      digest.update(buffer.flip());
      buffer.clear();
    }
  }
}
