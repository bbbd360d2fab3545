package io.quintet.client.codec;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.SecretKey;
import java.security.GeneralSecurityException;

/// The manifest's keys as Tink ciphers, without Tink's prefix and without its registry, which would
/// cost a tenth of a second at start.
final class ChunkCipher {
  private ChunkCipher() {}

  @AccessesPartialKey
  static Aead of(SecretKey key) {
    try {
      AesGcmParameters parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(SecretKey.BYTES)
              .setIvSizeBytes(Blob.IV_BYTES)
              .setTagSizeBytes(Blob.TAG_BYTES)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
      SecretBytes bytes = SecretBytes.copyFrom(key.toBytes(), InsecureSecretKeyAccess.get());
      return AesGcmJce.create(
          AesGcmKey.builder().setParameters(parameters).setKeyBytes(bytes).build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
    }
  }
}
