package io.quintet.manifest.merkle;

import java.util.List;

/// The Merkle tree hash, word for word as RFC 6962, section 2.1 defines it: slow and plain.
final class MerkleOracle {
  private MerkleOracle() {}

  static byte[] root(List<byte[]> leafHashes) {
    int n = leafHashes.size();
    if (n == 0) {
      return MerkleTree.emptyRoot();
    }
    if (n == 1) {
      return leafHashes.getFirst();
    }
    int k = 1;
    while (2 * k < n) {
      k *= 2;
    }
    return MerkleTree.nodeHash(root(leafHashes.subList(0, k)), root(leafHashes.subList(k, n)));
  }
}
