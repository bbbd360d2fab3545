package io.quintet.dht.records;

import java.util.Arrays;
import java.util.HexFormat;

/// The secret that allows to delete one chunk. Whoever holds the chunk can check it against the
/// verifier in the chunk's header; nobody else can.
///
/// Immutable; compared in a time that does not depend on the content. Not part of any log line: the
/// text form is asked for by its name, [#hex].
public final class DeleteSecret {
  /// Length of a secret.
  public static final int BYTES = 32;

  private final byte[] bytes;

  private DeleteSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The secret of these bytes, which are copied.
  ///
  /// @throws IllegalArgumentException unless there are [#BYTES]
  public static DeleteSecret of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "delete secret: " + bytes.length + " bytes (expected: " + BYTES + ")");
    }
    return new DeleteSecret(bytes.clone());
  }

  /// The bytes, which the caller owns.
  public byte[] toBytes() {
    return bytes.clone();
  }

  /// 64 lower-case hex digits, as on the wire.
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof DeleteSecret secret)) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < BYTES; i++) {
      difference |= bytes[i] ^ secret.bytes[i];
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "DeleteSecret";
  }
}
