package io.quintet.manifest.blob;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The first bytes of a blob, readable by everyone who holds it: how many replicas its owner wants,
/// and what proves the right to delete it.
///
/// Immutable. Layout: the magic `QNT1`, one byte of replicas, 32 bytes of delete verifier. The
/// header is part of what the chunk's id hashes, so it cannot be changed without changing the name.
public final class BlobHeader {
  /// Length of the header.
  public static final int BYTES = 37;

  /// The fewest replicas that can be asked for.
  public static final int REPLICAS_MIN = 1;

  /// The most replicas that can be asked for.
  public static final int REPLICAS_MAX = 20;

  /// How many replicas a blob gets whose owner did not say.
  public static final int REPLICAS_DEFAULT = 5;

  private static final byte[] MAGIC = "QNT1".getBytes(StandardCharsets.US_ASCII);
  private static final int VERIFIER_OFFSET = MAGIC.length + 1;

  private final int replicas;
  private final byte[] deleteVerifier;

  /// @param replicas [#REPLICAS_MIN] to [#REPLICAS_MAX]
  /// @param deleteVerifier what [DeleteSecret#verifier] gives, 32 bytes; copied
  /// @throws IllegalArgumentException when either is out of range
  public BlobHeader(int replicas, byte[] deleteVerifier) {
    if (replicas < REPLICAS_MIN || replicas > REPLICAS_MAX) {
      throw new IllegalArgumentException(
          "replicas: " + replicas + " (expected: " + REPLICAS_MIN + ".." + REPLICAS_MAX + ")");
    }
    if (deleteVerifier.length != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "delete verifier: " + deleteVerifier.length + " bytes (expected: 32)");
    }
    this.replicas = replicas;
    this.deleteVerifier = deleteVerifier.clone();
  }

  /// The header of `blob`, or null when it has none: it is too short, does not begin with the
  /// magic, or asks for an impossible number of replicas. Such a blob is any bytes that somebody
  /// stored under their hash: it is kept at [#REPLICAS_DEFAULT] replicas and nobody can delete it.
  public static @Nullable BlobHeader parse(byte[] blob) {
    if (blob.length < BYTES || !Arrays.equals(blob, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return null;
    }
    int replicas = Byte.toUnsignedInt(blob[MAGIC.length]);
    if (replicas < REPLICAS_MIN || replicas > REPLICAS_MAX) {
      return null;
    }
    return new BlobHeader(replicas, Arrays.copyOfRange(blob, VERIFIER_OFFSET, BYTES));
  }

  /// The [#BYTES] bytes that begin the blob and are the AEAD's associated data; the caller owns the
  /// array.
  public byte[] toBytes() {
    byte[] bytes = Arrays.copyOf(MAGIC, BYTES);
    bytes[MAGIC.length] = (byte) replicas;
    System.arraycopy(deleteVerifier, 0, bytes, VERIFIER_OFFSET, deleteVerifier.length);
    return bytes;
  }

  /// How many replicas the owner wants, [#REPLICAS_MIN] to [#REPLICAS_MAX].
  public int replicas() {
    return replicas;
  }

  /// What [DeleteSecret#verifier] of the right secret gives, 32 bytes; the caller owns the array.
  public byte[] deleteVerifier() {
    return deleteVerifier.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlobHeader header
        && replicas == header.replicas
        && Arrays.equals(deleteVerifier, header.deleteVerifier);
  }

  @Override
  public int hashCode() {
    return 31 * replicas + Arrays.hashCode(deleteVerifier);
  }

  @Override
  public String toString() {
    return "BlobHeader[replicas=" + replicas + "]";
  }
}
