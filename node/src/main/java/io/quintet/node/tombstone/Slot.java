package io.quintet.node.tombstone;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One tombstone as it lies in the file:
///
/// ```
/// kind     u8          0 free, 1 held, 2 foreign
/// zero     u8
/// source   u16be       who brought it, see [Sources]
/// id       32 bytes
/// secret   32 bytes
/// zero     8 bytes
/// crc      u32be       CRC-32C of all bytes before
/// ```
///
/// A slot that was torn by a crash has a wrong sum and counts as free: it was not synced, so nobody
/// was told that it is kept.
///
/// @param source below [Sources#COUNT]; 0 for held ones
record Slot(Kind kind, int source, Tombstone tombstone) {
  /// Length of a slot, and of the file's header.
  static final int BYTES = 80;

  private static final int SUM_OFFSET = BYTES - Integer.BYTES;

  /// What a slot holds.
  enum Kind {
    HELD(1),
    FOREIGN(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /// The bytes, ready to be written.
  ByteBuffer encode() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.put((byte) kind.number).put((byte) 0).putShort((short) source);
    bytes.put(tombstone.id().toBytes()).put(tombstone.secret().toBytes());
    bytes.putInt(SUM_OFFSET, sum(bytes.array(), 0));
    return bytes.position(0);
  }

  /// What lies at `offset`, null for a free or torn slot.
  static @Nullable Slot decode(byte[] bytes, int offset) {
    ByteBuffer slot = ByteBuffer.wrap(bytes, offset, BYTES).slice();
    Kind kind =
        switch (slot.get(0)) {
          case 1 -> Kind.HELD;
          case 2 -> Kind.FOREIGN;
          default -> null;
        };
    if (kind == null || slot.getInt(SUM_OFFSET) != sum(bytes, offset)) {
      return null;
    }
    byte[] id = new byte[Key.BYTES];
    byte[] secret = new byte[DeleteSecret.BYTES];
    slot.get(4, id).get(4 + Key.BYTES, secret);
    int source = Short.toUnsignedInt(slot.getShort(2)) % Sources.COUNT;
    return new Slot(kind, source, new Tombstone(Key.fromBytes(id), DeleteSecret.of(secret)));
  }

  private static int sum(byte[] bytes, int offset) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, offset, SUM_OFFSET);
    return (int) sum.getValue();
  }
}
