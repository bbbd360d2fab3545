package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import io.quintet.manifest.Generation;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.blob.SecretKey;
import java.util.Random;

/// Inputs for codec tests.
final class Samples {
  static final Generation GENERATION = generation(7);

  private Samples() {}

  static Generation generation(int seed) {
    return new Generation(key(seed), key(seed + 1));
  }

  private static SecretKey key(int seed) {
    byte[] bytes = new byte[SecretKey.BYTES];
    new Random(seed).nextBytes(bytes);
    return SecretKey.fromBytes(bytes);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] text(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 9 == 8 ? ' ' : 'a' + random.nextInt(6) * random.nextInt(5));
    }
    return bytes;
  }

  static ChunkEncoder encoder(Compression compression) {
    return new ChunkEncoder(GENERATION, compression, 5, new RepeatedChunks());
  }

  /// A chunk in an array that is as long as the pipeline's.
  static Chunk chunk(int index, byte[] plain) {
    byte[] room = new byte[Chunk.ROOM_BYTES];
    System.arraycopy(plain, 0, room, Chunk.OFFSET, plain.length);
    return new Chunk(index, room, plain.length);
  }
}
