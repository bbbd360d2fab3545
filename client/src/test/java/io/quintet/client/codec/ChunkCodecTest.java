package io.quintet.client.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.quintet.client.chunk.BufferPool;
import io.quintet.client.chunk.Chunk;
import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.manifest.Chunks;
import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.ChunkId;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.DeleteSecret;
import io.quintet.manifest.merkle.MerkleTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ChunkCodecTest {
  static Stream<Arguments> everyCompressionAndShape() {
    List<byte[]> shapes =
        List.of(
            new byte[] {42},
            Samples.text(2),
            Samples.text(4097),
            Samples.text(Chunks.SIZE_BYTES),
            Samples.random(70_000),
            Samples.random(Chunks.SIZE_BYTES),
            new byte[Chunks.SIZE_BYTES]);
    return Stream.of(Compression.values())
        .flatMap(compression -> shapes.stream().map(plain -> Arguments.of(compression, plain)));
  }

  @ParameterizedTest
  @MethodSource("everyCompressionAndShape")
  void whatIsEncodedDecodes(Compression compression, byte[] plain) throws Exception {
    EncodedChunk encoded = encode(compression, plain);
    EncodedBlob blob = Objects.requireNonNull(encoded.blob());
    assertEquals(ChunkId.ofBlob(blob.bytes()), blob.id());
    assertArrayEquals(MerkleTree.leafHash(plain, 0, plain.length), encoded.leafHash());
    assertTrue(blob.bytes().length <= plain.length + Blob.OVERHEAD_BYTES);
    assertArrayEquals(plain, decode(blob.bytes(), plain.length));
  }

  @ParameterizedTest
  @EnumSource(names = {"ZLIB", "XZ", "ZSTD"})
  void textShrinksAndRandomBytesAreStoredRaw(Compression compression) throws Exception {
    int length = Chunks.SIZE_BYTES;
    assertTrue(blob(compression, Samples.text(length)).length < length / 2);
    assertEquals(length + Blob.OVERHEAD_BYTES, blob(compression, Samples.random(length)).length);
  }

  @Test
  void zstdSeesWhatRepeatsFarApartInAChunk() throws Exception {
    byte[] noise = Samples.random(10_000);
    byte[] once = Arrays.copyOf(noise, Chunks.SIZE_BYTES);
    byte[] twice = once.clone();
    System.arraycopy(noise, 0, twice, twice.length - noise.length, noise.length);
    int more = blob(Compression.ZSTD, twice).length - blob(Compression.ZSTD, once).length;
    assertTrue(more < 1_000, "the second costs " + more + " bytes");
  }

  @Test
  void theHeaderHasTheReplicasAndTheDeleteVerifierOfThePosition() throws Exception {
    try (ChunkEncoder encoder = Samples.encoder(Compression.ZSTD)) {
      EncodedBlob first =
          Objects.requireNonNull(encoder.encode(Samples.chunk(0, Samples.text(9))).blob());
      EncodedBlob second =
          Objects.requireNonNull(encoder.encode(Samples.chunk(1, Samples.text(8))).blob());
      assertEquals(header(0), BlobHeader.parse(first.bytes()));
      assertEquals(header(1), BlobHeader.parse(second.bytes()));
    }
  }

  private static BlobHeader header(int position) {
    byte[] secret = DeleteSecret.derive(Samples.GENERATION.deleteKey(), position);
    return new BlobHeader(5, DeleteSecret.verifier(secret));
  }

  @ParameterizedTest
  @EnumSource
  void anyOtherLengthIsRefused(Compression compression) throws Exception {
    byte[] plain = Samples.text(10_000);
    byte[] blob = blob(compression, plain);
    for (int length : new int[] {1, 9_999, 10_001, Chunks.SIZE_BYTES}) {
      assertThrows(CodecException.class, () -> decode(blob, length), "length " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ZLIB", "XZ", "ZSTD"})
  void aBombIsStoppedAtTheExpectedLength(Compression compression) throws Exception {
    byte[] bomb = blob(compression, new byte[Chunks.SIZE_BYTES]);
    assertTrue(bomb.length < 3_000);
    assertThrows(CodecException.class, () -> decode(bomb, 100));
  }

  @Test
  void everyFlippedByteIsRefused() throws Exception {
    byte[] blob = blob(Compression.ZSTD, Samples.text(100));
    for (int i = 0; i < blob.length; i++) {
      byte[] other = blob.clone();
      other[i] ^= 1;
      assertThrows(CodecException.class, () -> decode(other, 100), "byte " + i);
    }
  }

  @Test
  void cutAndLengthenedBlobsAreRefused() throws Exception {
    byte[] blob = blob(Compression.NONE, Samples.text(100));
    for (int length = 0; length < blob.length; length++) {
      byte[] cut = Arrays.copyOf(blob, length);
      assertThrows(CodecException.class, () -> decode(cut, 100), "length " + length);
    }
    assertThrows(CodecException.class, () -> decode(Arrays.copyOf(blob, blob.length + 1), 100));
    assertThrows(CodecException.class, () -> decode(new byte[Blob.BYTES_MAX + 1], 100));
  }

  @Test
  void anotherKeyDecryptsNothing() throws Exception {
    byte[] blob = blob(Compression.NONE, Samples.text(100));
    try (ChunkDecoder decoder = new ChunkDecoder(List.of(Samples.generation(99)))) {
      BufferPool buffers = new BufferPool(1);
      assertThrows(CodecException.class, () -> decoder.decode(blob, 0, 0, 100, buffers));
    }
  }

  @Test
  void aPreparedDecoderDecodesAsBefore() throws Exception {
    byte[] plain = Samples.text(100);
    byte[] blob = blob(Compression.ZSTD, plain);
    try (ChunkDecoder decoder = decoder()) {
      decoder.prepare();
      Chunk chunk = decoder.decode(blob, 0, 0, 100, new BufferPool(1));
      assertArrayEquals(plain, Arrays.copyOfRange(chunk.bytes(), Chunk.OFFSET, 101));
    }
  }

  @Test
  void anUnknownCodecByteIsRefused() throws Exception {
    byte[] plain = new byte[101];
    plain[0] = 4;
    assertThrows(CodecException.class, () -> decode(seal(plain), 100));
    plain[0] = Compression.NONE.codec();
    assertArrayEquals(new byte[100], decode(seal(plain), 100));
  }

  @Test
  void anXzDictionaryBeyondTheLimitIsRefused() throws Exception {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    out.write(Compression.XZ.codec());
    org.tukaani.xz.LZMA2Options options = new org.tukaani.xz.LZMA2Options(0);
    options.setDictSize(12 << 20);
    try (var xz = new org.tukaani.xz.XZOutputStream(out, options)) {
      xz.write(new byte[100]);
    }
    assertThrows(CodecException.class, () -> decode(seal(out.toByteArray()), 100));
  }

  @Test
  void aBlobIsItsHeaderAndWhatTinkCallsAnAeadCiphertext() throws Exception {
    byte[] plain = "text".getBytes(StandardCharsets.UTF_8);
    byte[] blob = blob(Compression.NONE, plain);
    byte[] header = Arrays.copyOf(blob, BlobHeader.BYTES);
    assertArrayEquals(header(0).toBytes(), header);
    byte[] opened = aead().decrypt(Arrays.copyOfRange(blob, BlobHeader.BYTES, blob.length), header);
    assertEquals(Compression.NONE.codec(), opened[0]);
    assertArrayEquals(plain, Arrays.copyOfRange(opened, Blob.CODEC_BYTES, opened.length));
  }

  @Test
  void everyBlobHasAnInitialisationVectorOfItsOwn() throws Exception {
    Set<ByteBuffer> vectors = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] blob = blob(Compression.NONE, new byte[1]);
      vectors.add(ByteBuffer.wrap(blob, BlobHeader.BYTES, Blob.IV_BYTES).slice());
    }
    try (ChunkEncoder encoder = Samples.encoder(Compression.NONE)) {
      for (int i = 0; i < 100; i++) {
        byte[] plain = ByteBuffer.allocate(4).putInt(i).array();
        byte[] blob =
            Objects.requireNonNull(encoder.encode(Samples.chunk(i, plain)).blob()).bytes();
        vectors.add(ByteBuffer.wrap(blob, BlobHeader.BYTES, Blob.IV_BYTES).slice());
      }
    }
    assertEquals(200, vectors.size());
  }

  /// What nobody without the key can make: any plain text, well encrypted.
  private static byte[] seal(byte[] plain) throws Exception {
    byte[] header = header(0).toBytes();
    byte[] ciphertext = aead().encrypt(plain, header);
    byte[] blob = Arrays.copyOf(header, header.length + ciphertext.length);
    System.arraycopy(ciphertext, 0, blob, header.length, ciphertext.length);
    return blob;
  }

  /// Tink's own, which puts the initialisation vector before the ciphertext.
  private static AesGcmJce aead() throws GeneralSecurityException {
    return new AesGcmJce(Samples.GENERATION.key().toBytes());
  }

  private static byte[] blob(Compression compression, byte[] plain) throws InterruptedException {
    return Objects.requireNonNull(encode(compression, plain).blob()).bytes();
  }

  private static EncodedChunk encode(Compression compression, byte[] plain)
      throws InterruptedException {
    try (ChunkEncoder encoder = Samples.encoder(compression)) {
      return encoder.encode(Samples.chunk(0, plain));
    }
  }

  private static byte[] decode(byte[] blob, int length) throws CodecException {
    try (ChunkDecoder decoder = decoder()) {
      Chunk chunk = decoder.decode(blob, 0, 3, length, new BufferPool(1));
      assertEquals(3, chunk.index());
      assertEquals(length, chunk.length());
      return Arrays.copyOfRange(chunk.bytes(), Chunk.OFFSET, Chunk.OFFSET + length);
    }
  }

  private static ChunkDecoder decoder() {
    return new ChunkDecoder(List.of(Samples.GENERATION));
  }
}
