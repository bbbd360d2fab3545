package io.quintet.dht.id;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// A point of the 256-bit identifier space that node ids and chunk ids share (Kademlia, section 2).
///
/// Immutable. Written as 64 lower-case hex digits; ordered as an unsigned big-endian number.
public final class Key implements Comparable<Key> {
  /// Length of the binary form.
  public static final int BYTES = 32;

  /// Length of the space, and so the largest possible [#commonPrefixLength] (of a key with itself).
  public static final int BITS = 8 * BYTES;

  private static final HexFormat HEX = HexFormat.of();

  private final long a;
  private final long b;
  private final long c;
  private final long d;

  /// Makes the key whose big-endian words are, in this order, `a b c d`.
  public Key(long a, long b, long c, long d) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  /// Reads the binary form.
  ///
  /// @throws IllegalArgumentException unless there are exactly [#BYTES] bytes
  public static Key fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("key: " + bytes.length + " bytes (expected: 32)");
    }
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return new Key(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }

  /// Reads the text form, which is strict so that one key has one name.
  ///
  /// @throws IllegalArgumentException unless `hex` is 64 lower-case hex digits
  public static Key fromHex(String hex) {
    if (!isHex(hex)) {
      String shown = hex.length() <= 80 ? hex : hex.substring(0, 80) + "...";
      throw new IllegalArgumentException(
          "key: '" + shown + "' (expected: 64 lower-case hex digits)");
    }
    return fromBytes(HEX.parseHex(hex));
  }

  /// Whether [#fromHex] accepts `text`.
  public static boolean isHex(String text) {
    if (text.length() != 2 * BYTES) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// The binary form, [#BYTES] long; the caller owns the array.
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /// The XOR distance to `other`, itself a point of the space.
  public Key distance(Key other) {
    return new Key(a ^ other.a, b ^ other.b, c ^ other.c, d ^ other.d);
  }

  /// How many leading bits both keys share, 0 to [#BITS].
  public int commonPrefixLength(Key other) {
    if (a != other.a) {
      return Long.numberOfLeadingZeros(a ^ other.a);
    }
    if (b != other.b) {
      return 64 + Long.numberOfLeadingZeros(b ^ other.b);
    }
    if (c != other.c) {
      return 128 + Long.numberOfLeadingZeros(c ^ other.c);
    }
    return 192 + Long.numberOfLeadingZeros(d ^ other.d);
  }

  /// The first 64 bits: what tells nearly all keys apart, for searches through primitive arrays.
  public long head() {
    return a;
  }

  /// The first 32 bits, for tables that tell keys apart by them and have to be small.
  public int prefix() {
    return (int) (a >>> Integer.SIZE);
  }

  /// Whether the bit at `index` is set, counted from the most significant one.
  ///
  /// @throws IllegalArgumentException unless `index` is 0 to [#BITS] - 1
  public boolean bit(int index) {
    if (index < 0 || index >= BITS) {
      throw new IllegalArgumentException("index: " + index + " (expected: 0..255)");
    }
    return ((word(index >>> 6) >>> (63 - (index & 63))) & 1) != 0;
  }

  /// The key that shares exactly the first `prefixBits` bits with this one and goes on with zeros
  /// or ones: the first and the last key of a k-bucket of this key's owner.
  ///
  /// @param prefixBits 0 to [#BITS] - 1
  /// @param ones what follows the flipped bit
  public Key withFlippedTail(int prefixBits, boolean ones) {
    boolean flipped = !bit(prefixBits);
    return withTail(prefixBits, flipped, ones ? -1L : 0L, ones ? -1L : 0L);
  }

  /// The first key of the subtree of all keys that share the first `prefixBits` bits with this one.
  ///
  /// @param prefixBits 0 to [#BITS]
  public Key subtreeFirst(int prefixBits) {
    return prefixBits >= BITS ? this : withTail(prefixBits, false, 0, 0);
  }

  /// The last key of the subtree of all keys that share the first `prefixBits` bits with this one.
  ///
  /// @param prefixBits 0 to [#BITS]
  public Key subtreeLast(int prefixBits) {
    return prefixBits >= BITS ? this : withTail(prefixBits, true, -1, -1);
  }

  /// A key that shares exactly the first `prefixBits` bits with this one, the others drawn from
  /// `random`: a target for the refresh of a k-bucket.
  ///
  /// @param prefixBits 0 to [#BITS] - 1
  public Key withRandomTail(int prefixBits, RandomGenerator random) {
    return withTail(prefixBits, !bit(prefixBits), random.nextLong(), random.nextLong());
  }

  /// A key drawn evenly from the whole space.
  public static Key random(RandomGenerator random) {
    return new Key(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /// Writes the four big-endian words of this key to `into`, for tables that keep keys without
  /// objects.
  public void writeWords(long[] into, int offset) {
    into[offset] = a;
    into[offset + 1] = b;
    into[offset + 2] = c;
    into[offset + 3] = d;
  }

  /// Whether the four words at `offset` are this key's.
  public boolean equalsWords(long[] words, int offset) {
    return words[offset] == a
        && words[offset + 1] == b
        && words[offset + 2] == c
        && words[offset + 3] == d;
  }

  private Key withTail(int prefixBits, boolean next, long evenTail, long oddTail) {
    long[] words = new long[4];
    for (int i = 0; i < 4; i++) {
      int kept = Math.clamp(prefixBits - 64L * i, 0, 64);
      long mask = kept == 0 ? 0 : -1L << (64 - kept);
      long tail = (i & 1) == 0 ? evenTail : oddTail;
      words[i] = (word(i) & mask) | (tail & ~mask);
    }
    long bit = 1L << (63 - (prefixBits & 63));
    int at = prefixBits >>> 6;
    words[at] = next ? words[at] | bit : words[at] & ~bit;
    return new Key(words[0], words[1], words[2], words[3]);
  }

  private long word(int index) {
    return switch (index) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      default -> d;
    };
  }

  /// Compares how far `left` and `right` are from this key, nearer first, without allocation.
  public int compareDistance(Key left, Key right) {
    int order = Long.compareUnsigned(a ^ left.a, a ^ right.a);
    if (order == 0) {
      order = Long.compareUnsigned(b ^ left.b, b ^ right.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c ^ left.c, c ^ right.c);
    }
    return order != 0 ? order : Long.compareUnsigned(d ^ left.d, d ^ right.d);
  }

  @Override
  public int compareTo(Key other) {
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
    return other instanceof Key key && a == key.a && b == key.b && c == key.c && d == key.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a ^ Long.rotateLeft(d, 32));
  }

  @Override
  public String toString() {
    return HEX.formatHex(toBytes());
  }
}
