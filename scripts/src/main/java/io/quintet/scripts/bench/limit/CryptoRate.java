package io.quintet.scripts.bench.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The JDK's own hash and cipher on 1 MiB messages, warm.
final class CryptoRate {
  private static final int MESSAGE_BYTES = 1 << 20;
  private static final Duration MEASURE = Duration.ofSeconds(2);
  private static final Duration WARM_UP = Duration.ofMillis(500);
  // Only many short messages make the JVM compile the whole cipher.
  private static final int SHORT_MESSAGES = 20_000;
  private static final int SHORT_BYTES = 1_024;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private CryptoRate() {}

  /// MB/s of SHA-256.
  static double sha256(int threads) throws IOException, InterruptedException {
    return megabytes(
        Together.perSecond(
            threads,
            thread -> {
              MessageDigest digest = digest();
              byte[] message = new byte[MESSAGE_BYTES];
              return () -> message[0] ^= digest.digest(message)[0];
            },
            WARM_UP,
            MEASURE));
  }

  /// MB/s of AES-256-GCM encryption, the cipher set up anew for each message.
  static double aesGcm(int threads) throws IOException, InterruptedException {
    return megabytes(
        Together.perSecond(
            threads,
            thread -> {
              Sealing sealing = new Sealing();
              return () -> sealing.seal(MESSAGE_BYTES);
            },
            WARM_UP,
            MEASURE));
  }

  private static double megabytes(double messages) {
    return messages * MESSAGE_BYTES / 1e6;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }

  /// Encrypts zeros, each message with a nonce of its own.
  private static final class Sealing {
    private final byte[] message = new byte[MESSAGE_BYTES];
    private final byte[] sealed = new byte[MESSAGE_BYTES + TAG_BYTES];
    private final Cipher cipher;
    private final SecretKeySpec key = new SecretKeySpec(new byte[KEY_BYTES], "AES");
    private long nonce;

    Sealing() {
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        for (int i = 0; i < SHORT_MESSAGES; i++) {
          seal(SHORT_BYTES);
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java platform has no AES-256-GCM", e);
      }
    }

    void seal(int length) throws GeneralSecurityException {
      byte[] iv = ByteBuffer.allocate(NONCE_BYTES).putLong(nonce++).array();
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
      cipher.doFinal(message, 0, length, sealed, 0);
    }
  }
}
