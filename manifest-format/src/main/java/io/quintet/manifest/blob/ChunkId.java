package io.quintet.manifest.blob;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// The name of a stored blob: the SHA-256 of its bytes, header and ciphertext.
///
/// Immutable. Written as 64 lower-case hex digits; ordered as an unsigned big-endian number.
public final class ChunkId implements Comparable<ChunkId> {
  /// Length of the binary form.
  public static final int BYTES = 32;

  /// Length of the text form.
  public static final int HEX_DIGITS = 2 * BYTES;

  private static final HexFormat HEX = HexFormat.of();

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  private ChunkId(ByteBuffer words) {
    a = words.getLong();
    b = words.getLong();
    c = words.getLong();
    d = words.getLong();
  }

  /// Reads the binary form.
  ///
  /// @throws IllegalArgumentException unless there are exactly [#BYTES] bytes
  public static ChunkId fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("chunk id: " + bytes.length + " bytes (expected: 32)");
    }
    return new ChunkId(ByteBuffer.wrap(bytes));
  }

  /// Reads the binary form from [#BYTES] bytes at `offset`.
  ///
  /// @throws IndexOutOfBoundsException when they are not all there
  public static ChunkId fromBytes(byte[] bytes, int offset) {
    return new ChunkId(ByteBuffer.wrap(bytes, offset, BYTES));
  }

  /// Reads the text form, which is strict so that one chunk has one name.
  ///
  /// @throws IllegalArgumentException unless `hex` is 64 lower-case hex digits
  public static ChunkId fromHex(String hex) {
    return fromBytes(StrictHex.parse("chunk id", hex, BYTES));
  }

  /// The name of `blob`: its SHA-256.
  public static ChunkId ofBlob(byte[] blob) {
    return fromBytes(Sha256.hash(blob));
  }

  /// The binary form, [#BYTES] long; the caller owns the array.
  public byte[] toBytes() {
    byte[] bytes = new byte[BYTES];
    copyTo(bytes, 0);
    return bytes;
  }

  /// Writes the binary form into `target`, from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when there is no room for [#BYTES] bytes
  public void copyTo(byte[] target, int offset) {
    ByteBuffer.wrap(target, offset, BYTES).putLong(a).putLong(b).putLong(c).putLong(d);
  }

  @Override
  public int compareTo(ChunkId other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkId id && a == id.a && b == id.b && c == id.c && d == id.d;
  }

  /// Ids are hashes already, so a part of one is spread well.
  @Override
  public int hashCode() {
    return Long.hashCode(a ^ d);
  }

  /// The text form: 64 lower-case hex digits.
  @Override
  public String toString() {
    return HEX.formatHex(toBytes());
  }
}
