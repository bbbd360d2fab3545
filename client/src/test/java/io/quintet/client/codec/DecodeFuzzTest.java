package io.quintet.client.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quintet.manifest.blob.Compression;

/// Compressed bytes that an attacker chose: each codec fills the target exactly or fails with a
/// [CodecException], and nothing else happens.
final class DecodeFuzzTest {
  @FuzzTest
  void aCodecDecodesOrRefuses(byte[] input) {
    for (Compression compression : Compression.values()) {
      try (Codecs codecs = new Codecs()) {
        byte[] target = new byte[5_000];
        for (int length : new int[] {1, 4_096}) {
          decode(codecs.of(compression), input, target, length);
        }
        if (target[4_096] != 0) {
          throw new AssertionError(compression + " wrote beyond the expected length");
        }
      }
    }
  }

  private static void decode(Codec codec, byte[] input, byte[] target, int length) {
    try {
      codec.decompress(input, 0, input.length, target, length);
    } catch (CodecException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal without a reason", e);
      }
    }
  }
}
