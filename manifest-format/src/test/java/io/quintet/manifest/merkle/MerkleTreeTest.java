package io.quintet.manifest.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.Vectors;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MerkleTreeTest {
  /// The leaves of the reference tree that Certificate Transparency's own tests use.
  private static final List<String> KNOWN_LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  /// The roots over the first 0, 1, 2, ... of those leaves.
  private static final List<String> KNOWN_ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final int SIZE_MAX = 130;

  @Test
  void knownRootsOfCertificateTransparencyComeOut() {
    MerkleBuilder builder = new MerkleBuilder();
    assertEquals(KNOWN_ROOTS.getFirst(), HexFormat.of().formatHex(builder.root()));
    for (int i = 0; i < KNOWN_LEAVES.size(); i++) {
      byte[] leaf = HexFormat.of().parseHex(KNOWN_LEAVES.get(i));
      builder.add(MerkleTree.leafHash(leaf, 0, leaf.length));
      assertEquals(KNOWN_ROOTS.get(i + 1), HexFormat.of().formatHex(builder.root()));
    }
  }

  @Test
  void incrementalRootsMatchTheDefinitionForEverySize() {
    MerkleBuilder builder = new MerkleBuilder();
    List<byte[]> leaves = new ArrayList<>();
    for (int size = 0; size <= SIZE_MAX; size++) {
      assertEquals(size, builder.leafCount());
      assertArrayEquals(MerkleOracle.root(leaves), builder.root(), "size " + size);
      assertArrayEquals(MerkleOracle.root(leaves), MerkleTree.root(leaves), "size " + size);
      leaves.add(leaf(size));
      builder.add(leaf(size));
    }
  }

  @Test
  void builderKeepsACopyOfWhatItIsGiven() {
    MerkleBuilder builder = new MerkleBuilder();
    byte[] leaf = leaf(1);
    builder.add(leaf);
    Arrays.fill(leaf, (byte) 0);
    Arrays.fill(builder.root(), (byte) 0);
    assertArrayEquals(leaf(1), builder.root());
  }

  @Test
  void leafHashTakesThePartThatIsAskedFor() {
    byte[] whole = "abcdef".getBytes(StandardCharsets.US_ASCII);
    byte[] part = "cde".getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(MerkleTree.leafHash(part, 0, 3), MerkleTree.leafHash(whole, 2, 3));
  }

  @Test
  void leafCannotPoseAsTheNodeAboveTwoLeaves() {
    byte[] pair = new byte[2 * MerkleTree.HASH_BYTES];
    System.arraycopy(leaf(0), 0, pair, 0, MerkleTree.HASH_BYTES);
    System.arraycopy(leaf(1), 0, pair, MerkleTree.HASH_BYTES, MerkleTree.HASH_BYTES);
    assertFalse(
        Arrays.equals(
            MerkleTree.leafHash(pair, 0, pair.length), MerkleTree.root(List.of(leaf(0), leaf(1)))));
  }

  @Test
  void everyProofVerifiesAndNothingElseDoes() {
    List<byte[]> leaves = new ArrayList<>();
    for (int size = 1; size <= SIZE_MAX; size++) {
      leaves.add(leaf(size - 1));
      byte[] root = MerkleOracle.root(leaves);
      for (int index = 0; index < size; index++) {
        MerkleProof proof = MerkleProof.of(leaves, index);
        assertTrue(proof.verify(leaves.get(index), root), proof::toString);
        assertFalse(proof.verify(leaf(1_000), root), proof::toString);
        assertFalse(proof.verify(leaves.get(index), leaf(1_000)), proof::toString);
      }
    }
  }

  @Test
  void proofForOneLeafDoesNotVerifyForAnother() {
    for (int size = 2; size <= 33; size++) {
      List<byte[]> leaves = leaves(size);
      byte[] root = MerkleOracle.root(leaves);
      for (int index = 0; index < size; index++) {
        List<byte[]> path = MerkleProof.of(leaves, index).path();
        for (int other = 0; other < size; other++) {
          boolean verifies = new MerkleProof(other, size, path).verify(leaves.get(index), root);
          assertEquals(index == other, verifies, "size " + size + ", " + index + " as " + other);
        }
      }
    }
  }

  @Test
  void pathThatIsCutExtendedOrChangedDoesNotVerify() {
    for (int size = 1; size <= 33; size++) {
      List<byte[]> leaves = leaves(size);
      byte[] root = MerkleOracle.root(leaves);
      for (int index = 0; index < size; index++) {
        for (List<byte[]> path : damagedPaths(MerkleProof.of(leaves, index).path())) {
          MerkleProof damaged = new MerkleProof(index, size, path);
          assertFalse(damaged.verify(leaves.get(index), root), damaged::toString);
        }
      }
    }
  }

  private static List<List<byte[]>> damagedPaths(List<byte[]> path) {
    List<List<byte[]>> damaged = new ArrayList<>();
    List<byte[]> extended = new ArrayList<>(path);
    extended.add(leaf(0));
    damaged.add(extended);
    for (int i = 0; i < path.size(); i++) {
      damaged.add(path.subList(0, i));
      List<byte[]> flipped = new ArrayList<>(path);
      byte[] hash = path.get(i).clone();
      hash[31] ^= 1;
      flipped.set(i, hash);
      damaged.add(flipped);
    }
    return damaged;
  }

  @Test
  void proofsOfTheKnownTreeMatchThePublishedPaths() {
    List<byte[]> leaves =
        KNOWN_LEAVES.stream()
            .map(HexFormat.of()::parseHex)
            .map(leaf -> MerkleTree.leafHash(leaf, 0, leaf.length))
            .toList();
    List<String> path =
        MerkleProof.of(leaves, 5).path().stream().map(HexFormat.of()::formatHex).toList();
    assertEquals(
        List.of(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        path);
  }

  @Test
  void vectorsComeOut() {
    JsonObject vectors = Vectors.merkle();
    List<byte[]> leaves =
        vectors.getJsonArray("leaves").stream()
            .map(leaf -> HexFormat.of().parseHex((String) leaf))
            .map(leaf -> MerkleTree.leafHash(leaf, 0, leaf.length))
            .toList();
    for (Object each : vectors.getJsonArray("trees")) {
      JsonObject tree = (JsonObject) each;
      List<byte[]> some = leaves.subList(0, tree.getInteger("leaves"));
      assertArrayEquals(Vectors.hex(tree, "root"), MerkleTree.root(some));
      for (int i = 0; i < some.size(); i++) {
        List<String> path =
            MerkleProof.of(some, i).path().stream().map(HexFormat.of()::formatHex).toList();
        assertEquals(tree.getJsonArray("paths").getJsonArray(i).getList(), path);
      }
    }
  }

  @Test
  void impossibleNumbersAndLengthsAreRefused() {
    byte[] shortHash = new byte[31];
    assertThrows(IllegalArgumentException.class, () -> new MerkleBuilder().add(shortHash));
    assertThrows(IllegalArgumentException.class, () -> new MerkleProof(0, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new MerkleProof(-1, 3, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new MerkleProof(3, 3, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new MerkleProof(0, 2, List.of(shortHash)));
    assertThrows(IllegalArgumentException.class, () -> MerkleProof.of(leaves(3), 3));
  }

  private static List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leaves.add(leaf(i));
    }
    return leaves;
  }

  private static byte[] leaf(int number) {
    byte[] plain = ("leaf " + number).getBytes(StandardCharsets.US_ASCII);
    return MerkleTree.leafHash(plain, 0, plain.length);
  }
}
