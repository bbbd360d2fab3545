package io.quintet.manifest.blob;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// The capability to delete one blob: who knows the secret may delete, and every holder can check
/// it against the verifier in the blob's header, without a key and without asking anybody.
///
/// One secret is derived per position, so showing one to delete a chunk tells nothing about others.
public final class DeleteSecret {
  /// Length of a secret, and of a verifier.
  public static final int BYTES = 32;

  private static final byte[] LABEL = "quintet/delete/v1".getBytes(StandardCharsets.US_ASCII);

  private DeleteSecret() {}

  /// The secret of the blob that was made at `position` under `deleteKey`: HKDF-SHA-256 (RFC 5869)
  /// with the delete key as input keying material, no salt (which the RFC defines as 32 zero
  /// bytes), info = `quintet/delete/v1` and then the position as an unsigned 64-bit big-endian
  /// number, 32 bytes of output.
  ///
  /// @param position 0 or more
  public static byte[] derive(SecretKey deleteKey, long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position: " + position + " (expected: 0 or more)");
    }
    byte[] info =
        ByteBuffer.allocate(LABEL.length + Long.BYTES).put(LABEL).putLong(position).array();
    AlgorithmParameterSpec parameters =
        HKDFParameterSpec.ofExtract().addIKM(deleteKey.toBytes()).thenExpand(info, BYTES);
    try {
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no HKDF-SHA256", e);
    }
  }

  /// The verifier of `secret`, for [BlobHeader]: SHA-256 of `quintet/delete/v1` and then the
  /// secret.
  ///
  /// @throws IllegalArgumentException unless the secret has [#BYTES] bytes
  public static byte[] verifier(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "delete secret: " + secret.length + " bytes (expected: 32)");
    }
    MessageDigest digest = Sha256.digest();
    digest.update(LABEL);
    return digest.digest(secret);
  }
}
