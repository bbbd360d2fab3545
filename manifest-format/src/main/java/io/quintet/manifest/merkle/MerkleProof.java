package io.quintet.manifest.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/// The proof that one leaf is at one place of a tree: the audit path of RFC 6962, section 2.1.1.
///
/// Immutable. A proof is only as good as the root and the tree size it is checked against: both
/// must come from somewhere trusted, such as the owner's manifest.
public final class MerkleProof {
  private final long leafIndex;
  private final long leafCount;
  private final List<byte[]> path;

  /// A proof as somebody sent it.
  ///
  /// @param leafIndex the leaf's place, 0 to `leafCount` - 1
  /// @param leafCount how many leaves the tree has, at least 1
  /// @param path the sibling hashes from the leaf up, 32 bytes each; copied. A path of the wrong
  ///   length is allowed here and does not [#verify]
  /// @throws IllegalArgumentException when a number is out of range or a hash of the wrong length
  public MerkleProof(long leafIndex, long leafCount, List<byte[]> path) {
    if (leafIndex < 0 || leafIndex >= leafCount) {
      throw new IllegalArgumentException(
          "leaf: " + leafIndex + " (expected: 0.." + (leafCount - 1) + ")");
    }
    for (byte[] hash : path) {
      if (hash.length != MerkleTree.HASH_BYTES) {
        throw new IllegalArgumentException(
            "hash in a Merkle path: " + hash.length + " bytes (expected: 32)");
      }
    }
    this.leafIndex = leafIndex;
    this.leafCount = leafCount;
    this.path = path.stream().map(byte[]::clone).toList();
  }

  /// Makes the proof for the leaf at `leafIndex`; takes as many hashes as the tree has nodes.
  ///
  /// @param leafHashes those of the whole tree, in order
  public static MerkleProof of(List<byte[]> leafHashes, int leafIndex) {
    List<byte[]> downwards = new ArrayList<>();
    List<byte[]> subtree = leafHashes;
    int index = leafIndex;
    while (subtree.size() > 1) {
      int split = Integer.highestOneBit(subtree.size() - 1);
      List<byte[]> left = subtree.subList(0, split);
      List<byte[]> right = subtree.subList(split, subtree.size());
      boolean goLeft = index < split;
      downwards.add(MerkleTree.root(goLeft ? right : left));
      subtree = goLeft ? left : right;
      index -= goLeft ? 0 : split;
    }
    Collections.reverse(downwards);
    return new MerkleProof(leafIndex, leafHashes.size(), downwards);
  }

  /// Whether the tree of this `root` has `leafHash` at [#leafIndex], if it has [#leafCount] leaves
  /// (the algorithm of RFC 9162, section 2.1.3.2).
  public boolean verify(byte[] leafHash, byte[] root) {
    long node = leafIndex;
    long last = leafCount - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        // A node that is the last of its level and on the left has no sibling there: it rises
        // unchanged until it is on the right.
        int rise = Long.numberOfTrailingZeros(node);
        node >>= rise;
        last >>= rise;
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /// The leaf's place.
  public long leafIndex() {
    return leafIndex;
  }

  /// How many leaves the tree has.
  public long leafCount() {
    return leafCount;
  }

  /// The sibling hashes from the leaf up; the caller owns the arrays.
  public List<byte[]> path() {
    return path.stream().map(byte[]::clone).toList();
  }

  @Override
  public String toString() {
    return "MerkleProof[leaf="
        + leafIndex
        + ", of="
        + leafCount
        + ", path="
        + path.stream().map(HexFormat.of()::formatHex).toList()
        + "]";
  }
}
