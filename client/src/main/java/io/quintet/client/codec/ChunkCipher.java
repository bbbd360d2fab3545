package io.quintet.client.codec;

import com.google.crypto.tink.aead.internal.InsecureNonceAesGcmJce;
import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.SecretKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/// Tink's AES-256-GCM between a plain text and a whole blob, header and all. Owned by one thread.
///
/// Tink's own `Aead` neither leaves room for the header before a ciphertext nor skips one, which
/// would cost a copy of every chunk each way; and its registry a tenth of a second at start. So
/// this calls what is beneath, and what `Aead` does there is done here: each blob gets an
/// initialisation vector of its own, at random (NIST SP 800-38D, section 8.2.2).
final class ChunkCipher {
  private static final int CIPHERTEXT = BlobHeader.BYTES + Blob.IV_BYTES;

  private final InsecureNonceAesGcmJce cipher;
  private final SecureRandom random = new SecureRandom();

  ChunkCipher(SecretKey key) {
    try {
      cipher = new InsecureNonceAesGcmJce(key.toBytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
    }
  }

  /// The blob of `plain`; the caller owns the array.
  ///
  /// @param header [BlobHeader#BYTES] bytes, which are authenticated too
  byte[] seal(byte[] plain, byte[] header) {
    byte[] iv = new byte[Blob.IV_BYTES];
    random.nextBytes(iv);
    try {
      byte[] blob = cipher.encrypt(iv, plain, CIPHERTEXT, header);
      System.arraycopy(header, 0, blob, 0, BlobHeader.BYTES);
      System.arraycopy(iv, 0, blob, BlobHeader.BYTES, Blob.IV_BYTES);
      return blob;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
    }
  }

  /// The plain text in `blob`, which is longer than [Blob#OVERHEAD_BYTES]; the caller owns the
  /// array.
  ///
  /// @throws CodecException when this key did not make it, or a bit of it changed
  byte[] open(byte[] blob) throws CodecException {
    byte[] header = Arrays.copyOf(blob, BlobHeader.BYTES);
    byte[] iv = Arrays.copyOfRange(blob, BlobHeader.BYTES, CIPHERTEXT);
    try {
      return cipher.decrypt(iv, blob, CIPHERTEXT, header);
    } catch (GeneralSecurityException e) {
      throw new CodecException("blob that this key did not make", e);
    }
  }
}
