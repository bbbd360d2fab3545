package io.quintet.manifest.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.util.SecretBytes;
import io.quintet.manifest.Vectors;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BlobVectorsTest {
  static Iterable<JsonObject> blobs() {
    return Vectors.blobs();
  }

  @ParameterizedTest
  @MethodSource("blobs")
  void deleteSecretAndVerifierComeOut(JsonObject vector) {
    SecretKey deleteKey = SecretKey.fromBytes(Vectors.hex(vector, "deleteKey"));
    byte[] secret = DeleteSecret.derive(deleteKey, vector.getLong("position"));
    assertArrayEquals(Vectors.hex(vector, "deleteSecret"), secret);
    assertArrayEquals(Vectors.hex(vector, "deleteVerifier"), DeleteSecret.verifier(secret));
  }

  @ParameterizedTest
  @MethodSource("blobs")
  void headerComesOutAndIsFoundInTheBlob(JsonObject vector) {
    BlobHeader header =
        new BlobHeader(vector.getInteger("replicas"), Vectors.hex(vector, "deleteVerifier"));
    assertArrayEquals(Vectors.hex(vector, "header"), header.toBytes());
    assertEquals(header, BlobHeader.parse(Vectors.hex(vector, "blob")));
  }

  @ParameterizedTest
  @MethodSource("blobs")
  void sameKeyVectorAndTextGiveTheSameBlobAndName(JsonObject vector)
      throws GeneralSecurityException {
    byte[] header = Vectors.hex(vector, "header");
    byte[] iv = Vectors.hex(vector, "iv");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(Vectors.hex(vector, "key"), "AES"),
        new GCMParameterSpec(8 * Blob.TAG_BYTES, iv));
    cipher.updateAAD(header);
    byte[] ciphertext = cipher.doFinal(Vectors.hex(vector, "plain"));
    byte[] blob =
        ByteBuffer.allocate(header.length + iv.length + ciphertext.length)
            .put(header)
            .put(iv)
            .put(ciphertext)
            .array();
    assertArrayEquals(Vectors.hex(vector, "blob"), blob);
    assertEquals(vector.getString("chunkId"), ChunkId.ofBlob(blob).toString());
  }

  @ParameterizedTest
  @MethodSource("blobs")
  void tinkOpensTheBlobWithItsHeaderAndNoOther(JsonObject vector) throws GeneralSecurityException {
    Aead aead = aead(Vectors.hex(vector, "key"));
    byte[] blob = Vectors.hex(vector, "blob");
    byte[] ciphertext = Arrays.copyOfRange(blob, BlobHeader.BYTES, blob.length);
    byte[] header = Objects.requireNonNull(BlobHeader.parse(blob)).toBytes();
    byte[] plain = aead.decrypt(ciphertext, header);
    assertArrayEquals(Vectors.hex(vector, "plain"), plain);
    assertEquals(Compression.fromLabel(vector.getString("codec")).codec(), plain[0]);
    assertEquals(Blob.OVERHEAD_BYTES - Blob.CODEC_BYTES + plain.length, blob.length);
    header[4] ^= 1;
    assertThrows(GeneralSecurityException.class, () -> aead.decrypt(ciphertext, header));
  }

  private static Aead aead(byte[] key) throws GeneralSecurityException {
    AesGcmParameters parameters =
        AesGcmParameters.builder()
            .setKeySizeBytes(SecretKey.BYTES)
            .setIvSizeBytes(Blob.IV_BYTES)
            .setTagSizeBytes(Blob.TAG_BYTES)
            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
            .build();
    return AesGcmJce.create(
        AesGcmKey.builder()
            .setParameters(parameters)
            .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
            .build());
  }
}
