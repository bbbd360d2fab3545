package io.quintet.manifest.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlobValuesTest {
  @Test
  void chunkIdKeepsItsBytesAndItsName() {
    String hex = "00ff80" + "0123456789abcdef".repeat(3) + "7f0010aa55";
    ChunkId id = ChunkId.fromHex(hex);
    assertEquals(hex, id.toString());
    assertArrayEquals(HexFormat.of().parseHex(hex), id.toBytes());
    assertEquals(id, ChunkId.fromBytes(id.toBytes()));
    assertEquals(id.hashCode(), ChunkId.fromBytes(id.toBytes()).hashCode());
  }

  @Test
  void chunkIdOfABlobIsItsSha256() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ChunkId.ofBlob(new byte[] {'a', 'b', 'c'}).toString());
  }

  @Test
  void chunkIdsSortLikeTheirNames() {
    Random random = new Random(20_261_121);
    List<ChunkId> ids = new ArrayList<>();
    byte[] shared = new byte[ChunkId.BYTES];
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[ChunkId.BYTES];
      random.nextBytes(bytes);
      System.arraycopy(shared, 0, bytes, 0, random.nextInt(ChunkId.BYTES));
      ids.add(ChunkId.fromBytes(bytes));
    }
    List<String> names = new ArrayList<>(ids.stream().map(ChunkId::toString).toList());
    Collections.sort(ids);
    Collections.sort(names);
    assertEquals(names, ids.stream().map(ChunkId::toString).toList());
  }

  @Test
  void chunkIdHasOneSpelling() {
    String hex = "ab".repeat(32);
    for (String wrong :
        List.of(
            "",
            hex.substring(1),
            hex + "0",
            hex.toUpperCase(Locale.ROOT),
            "g".repeat(64),
            " " + hex.substring(1),
            "١".repeat(64))) {
      assertThrows(IllegalArgumentException.class, () -> ChunkId.fromHex(wrong), wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> ChunkId.fromBytes(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> ChunkId.fromBytes(new byte[33]));
  }

  @Test
  void headerIsNullWhereThereIsNone() {
    byte[] header = new BlobHeader(5, new byte[32]).toBytes();
    assertEquals(BlobHeader.BYTES, header.length);
    assertNotNull(BlobHeader.parse(header));
    assertNull(BlobHeader.parse(new byte[0]));
    assertNull(BlobHeader.parse(Arrays.copyOf(header, BlobHeader.BYTES - 1)));
    for (int i = 0; i < 4; i++) {
      byte[] other = header.clone();
      other[i] ^= 1;
      assertNull(BlobHeader.parse(other));
    }
    for (int replicas = 0; replicas < 256; replicas++) {
      header[4] = (byte) replicas;
      BlobHeader parsed = BlobHeader.parse(header);
      assertEquals(replicas >= 1 && replicas <= 20, parsed != null, "replicas " + replicas);
      if (parsed != null) {
        assertEquals(replicas, parsed.replicas());
      }
    }
  }

  @Test
  void headerRefusesWhatItCannotHold() {
    byte[] verifier = new byte[32];
    assertThrows(IllegalArgumentException.class, () -> new BlobHeader(0, verifier));
    assertThrows(IllegalArgumentException.class, () -> new BlobHeader(21, verifier));
    assertThrows(IllegalArgumentException.class, () -> new BlobHeader(5, new byte[31]));
  }

  @Test
  void headerKeepsItsOwnCopies() {
    byte[] verifier = new byte[32];
    BlobHeader header = new BlobHeader(5, verifier);
    verifier[0] = 1;
    header.deleteVerifier()[1] = 1;
    header.toBytes()[9] = 1;
    assertEquals(new BlobHeader(5, new byte[32]), header);
    assertEquals(new BlobHeader(5, new byte[32]).hashCode(), header.hashCode());
    assertNotEquals(new BlobHeader(4, new byte[32]), header);
  }

  @Test
  void secretKeyShowsNothing() {
    byte[] bytes = Sha256.hash(new byte[] {1});
    SecretKey key = SecretKey.fromBytes(bytes);
    assertEquals(key, SecretKey.fromBytes(bytes));
    assertEquals("SecretKey[secret]", key.toString());
    byte[] other = bytes.clone();
    other[31] ^= 1;
    assertNotEquals(key, SecretKey.fromBytes(other));
    assertEquals(key.hashCode(), SecretKey.fromBytes(other).hashCode());
    bytes[0] ^= 1;
    key.toBytes()[1] ^= 1;
    assertNotEquals(key, SecretKey.fromBytes(bytes));
    assertThrows(IllegalArgumentException.class, () -> SecretKey.fromBytes(new byte[16]));
  }

  @Test
  void deleteSecretsOfPositionsAndKeysAllDiffer() {
    SecretKey one = SecretKey.fromBytes(Sha256.hash(new byte[] {1}));
    SecretKey two = SecretKey.fromBytes(Sha256.hash(new byte[] {2}));
    List<String> secrets = new ArrayList<>();
    for (long position : new long[] {0, 1, 255, 256, 65_536, 4_294_967_296L, Long.MAX_VALUE}) {
      secrets.add(StrictHex.format(DeleteSecret.derive(one, position)));
      secrets.add(StrictHex.format(DeleteSecret.derive(two, position)));
    }
    assertEquals(secrets.size(), secrets.stream().distinct().count());
    assertThrows(IllegalArgumentException.class, () -> DeleteSecret.derive(one, -1));
    assertThrows(IllegalArgumentException.class, () -> DeleteSecret.verifier(new byte[31]));
  }

  @Test
  void compressionsHaveTheirFrozenNumbersAndNames() {
    assertEquals("none, zlib, xz, zstd", Compression.labels());
    for (int codec = 0; codec < 4; codec++) {
      Compression compression = Compression.fromCodec(codec);
      assertEquals(codec, compression.codec());
      assertEquals(compression, Compression.fromLabel(compression.label()));
    }
    for (int codec : new int[] {-1, 4, 255, 256}) {
      assertThrows(IllegalArgumentException.class, () -> Compression.fromCodec(codec));
    }
  }

  @Test
  void unknownCompressionIsNamedTogetherWithTheKnownOnes() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Compression.fromLabel("gzip"));
    assertEquals(
        "compression: 'gzip' (expected: one of none, zlib, xz, zstd)", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Compression.fromLabel("ZSTD"));
    String endless = "x".repeat(10_000);
    refused = assertThrows(IllegalArgumentException.class, () -> Compression.fromLabel(endless));
    assertTrue(String.valueOf(refused.getMessage()).length() < 100, refused.getMessage());
  }
}
