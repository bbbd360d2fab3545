package io.quintet.client.codec;

import com.google.crypto.tink.Aead;
import io.quintet.manifest.blob.SecretKey;
import java.security.GeneralSecurityException;

/// Makes the JVM compile AES-GCM before the first chunk comes.
///
/// The JDK's loop over one message is compiled only after many messages: with 1 MiB each it runs
/// interpreted, at 75 MB/s, for the first 200 MiB and more. Thousands of small messages take 0.3
/// seconds and bring it to 1,500 MB/s. Worth it for large transfers only.
public final class CryptoWarmUp {
  /// Smaller transfers are faster without.
  public static final long TRANSFER_BYTES_MIN = 8L << 20;

  private static final int ROUNDS = 20_000;
  private static final int MESSAGE_BYTES = 1024;

  private CryptoWarmUp() {}

  /// Starts it on a thread of its own, which ends by itself and keeps no process alive.
  public static void start() {
    Thread.ofPlatform().daemon().name("quintet-warm-up").start(CryptoWarmUp::run);
  }

  private static void run() {
    Aead cipher = ChunkCipher.of(SecretKey.fromBytes(new byte[SecretKey.BYTES]));
    byte[] message = new byte[MESSAGE_BYTES];
    byte[] header = new byte[0];
    try {
      for (int i = 0; i < ROUNDS; i++) {
        message[0] ^= cipher.decrypt(cipher.encrypt(message, header), header)[1];
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM does not decrypt what it encrypted", e);
    }
  }
}
