package io.quintet.manifest.merkle;

import io.quintet.manifest.blob.Sha256;
import java.security.MessageDigest;
import java.util.List;

/// The hashes of an RFC 6962 Merkle tree.
///
/// Leaves and inner nodes are hashed with different first bytes, so no leaf can pose as a node. An
/// odd leaf is carried up, never doubled, so two different lists never share a root.
public final class MerkleTree {
  /// Length of every hash.
  public static final int HASH_BYTES = Sha256.BYTES;

  private static final byte LEAF_PREFIX = 0;
  private static final byte NODE_PREFIX = 1;

  private MerkleTree() {}

  /// The hash of one leaf: SHA-256(0x00 || plain).
  ///
  /// @param plain the array that holds the leaf's bytes
  /// @param offset where they begin
  /// @param length how many they are, 0 or more
  public static byte[] leafHash(byte[] plain, int offset, int length) {
    MessageDigest digest = Sha256.digest();
    digest.update(LEAF_PREFIX);
    digest.update(plain, offset, length);
    return digest.digest();
  }

  /// The hash of an inner node: SHA-256(0x01 || left || right).
  public static byte[] nodeHash(byte[] left, byte[] right) {
    MessageDigest digest = Sha256.digest();
    digest.update(NODE_PREFIX);
    digest.update(left);
    digest.update(right);
    return digest.digest();
  }

  /// The root of a tree without leaves: SHA-256 of nothing.
  public static byte[] emptyRoot() {
    return Sha256.hash(new byte[0]);
  }

  /// The root over `leafHashes`, in this order.
  public static byte[] root(List<byte[]> leafHashes) {
    MerkleBuilder builder = new MerkleBuilder();
    leafHashes.forEach(builder::add);
    return builder.root();
  }
}
