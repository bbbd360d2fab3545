package io.quintet.manifest.blob;

/// The sizes of a blob, which is a chunk as nodes store it: [BlobHeader] and then the AEAD
/// ciphertext, whose associated data is the header.
///
/// The ciphertext is AES-256-GCM: a 12-byte initialisation vector, the encrypted plain text, and a
/// 16-byte tag. The plain text is one [Compression#codec] byte and then the chunk in that form.
public final class Blob {
  /// No stored blob is longer: 1 MiB for the chunk, which is stored raw when it does not shrink,
  /// and 4 KiB for everything around it.
  public static final int BYTES_MAX = (1 << 20) + (4 << 10);

  /// Length of the initialisation vector at the start of the ciphertext (NIST SP 800-38D).
  public static final int IV_BYTES = 12;

  /// Length of the authentication tag at the end of the ciphertext.
  public static final int TAG_BYTES = 16;

  /// Length of the codec byte at the start of the plain text.
  public static final int CODEC_BYTES = 1;

  /// By how much a blob is longer than the compressed chunk in it.
  public static final int OVERHEAD_BYTES = BlobHeader.BYTES + IV_BYTES + CODEC_BYTES + TAG_BYTES;

  private Blob() {}
}
