package io.quintet.manifest.blob;

import java.security.MessageDigest;

/// 32 secret bytes: an AES-256-GCM key, or the root of delete secrets.
///
/// Immutable. Compared in constant time, never shown: there is no text form but the one that the
/// manifest writer makes. The caller makes the bytes, from a secure source; this module has no
/// randomness.
public final class SecretKey {
  /// Length of a key.
  public static final int BYTES = 32;

  private final byte[] bytes;

  private SecretKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Takes a copy of `bytes`.
  ///
  /// @throws IllegalArgumentException unless there are exactly [#BYTES]
  public static SecretKey fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("secret key: " + bytes.length + " bytes (expected: 32)");
    }
    return new SecretKey(bytes.clone());
  }

  /// The secret itself; the caller owns the array and must not let it escape.
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretKey key && MessageDigest.isEqual(bytes, key.bytes);
  }

  /// Constant, so that no part of the secret shows in it: keys are compared, not looked up.
  @Override
  public int hashCode() {
    return BYTES;
  }

  /// Says nothing about the secret.
  @Override
  public String toString() {
    return "SecretKey[secret]";
  }
}
