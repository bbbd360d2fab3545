package io.quintet.manifest.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, which every Java platform must have, without its checked exception.
public final class Sha256 {
  /// Length of a hash.
  public static final int BYTES = 32;

  private Sha256() {}

  /// A fresh digest for incremental hashing; not safe for use by several threads at once.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }

  /// The hash of all of `bytes`.
  public static byte[] hash(byte[] bytes) {
    return digest().digest(bytes);
  }
}
