package io.quintet.client.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quintet.client.chunk.Chunk;
import io.quintet.manifest.blob.Compression;

/// Compressed bytes that an attacker chose: each codec fills the target exactly or fails with a
/// [CodecException], and nothing else happens.
final class DecodeFuzzTest {
  @FuzzTest
  void aCodecDecodesOrRefuses(byte[] input) {
    byte[] source = new byte[Chunk.OFFSET + input.length];
    System.arraycopy(input, 0, source, Chunk.OFFSET, input.length);
    for (Compression compression : Compression.values()) {
      try (Codecs codecs = new Codecs()) {
        byte[] target = new byte[5_000];
        for (int length : new int[] {1, 4_096}) {
          decode(codecs.of(compression), source, new Chunk(0, target, length));
        }
        if (target[0] != 0 || target[Chunk.OFFSET + 4_096] != 0) {
          throw new AssertionError(compression + " wrote outside the chunk");
        }
      }
    }
  }

  private static void decode(Codec codec, byte[] source, Chunk target) {
    try {
      codec.decompress(source, target);
    } catch (CodecException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal without a reason", e);
      }
    }
  }
}
