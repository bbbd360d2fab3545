package io.quintet.manifest.merkle;

import java.util.ArrayList;
import java.util.List;

/// Computes a Merkle root while the leaves pass by, in memory logarithmic in their number.
///
/// Owned by one thread. Leaves must come in order.
public final class MerkleBuilder {
  // The roots of the perfect subtrees that the leaves so far form, largest first: one for each set
  // bit of the leaf count, as in a binary counter. Adding a leaf is adding one to the counter, and
  // each carry joins two subtrees of equal size.
  private final List<byte[]> subtrees = new ArrayList<>(Long.SIZE);
  private long leafCount;

  /// Adds the next leaf.
  ///
  /// @param leafHash what [MerkleTree#leafHash] gives; copied
  public void add(byte[] leafHash) {
    if (leafHash.length != MerkleTree.HASH_BYTES) {
      throw new IllegalArgumentException("leaf hash: " + leafHash.length + " bytes (expected: 32)");
    }
    byte[] hash = leafHash.clone();
    for (long carry = leafCount; (carry & 1) == 1; carry >>= 1) {
      hash = MerkleTree.nodeHash(subtrees.removeLast(), hash);
    }
    subtrees.add(hash);
    leafCount++;
  }

  /// How many leaves were added.
  public long leafCount() {
    return leafCount;
  }

  /// The root over the leaves so far; more may be added afterwards. The caller owns the array.
  public byte[] root() {
    if (subtrees.isEmpty()) {
      return MerkleTree.emptyRoot();
    }
    // The smaller subtrees are to the right, so joining from the right end gives RFC 6962's split
    // at the largest power of two below the number of leaves.
    byte[] root = subtrees.getLast().clone();
    for (int i = subtrees.size() - 2; i >= 0; i--) {
      root = MerkleTree.nodeHash(subtrees.get(i), root);
    }
    return root;
  }
}
