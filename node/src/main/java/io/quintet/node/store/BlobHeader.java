package io.quintet.node.store;

import io.quintet.dht.id.Key;
import io.quintet.dht.records.DeleteSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// What a blob says to nodes: `"QNT1" || R || D`, see `docs/FORMAT.md`.
///
/// @param replicas how many copies its owner wants, 1 to [#REPLICAS_MAX]
/// @param deleteVerifier D, which a delete secret is checked against
public record BlobHeader(int replicas, Key deleteVerifier) {
  /// Length of a header.
  public static final int BYTES = 37;

  /// How many copies a blob without a header gets.
  public static final int REPLICAS_DEFAULT = 5;

  /// The largest number of copies that a header may ask for.
  public static final int REPLICAS_MAX = 20;

  private static final byte[] MAGIC = "QNT1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LABEL = "quintet/delete/v1".getBytes(StandardCharsets.US_ASCII);

  /// Reads the first bytes of a blob; empty when it has no header, which is allowed: any HTTP
  /// client may store bytes under their hash, and nobody can delete them.
  public static Optional<BlobHeader> of(byte[] head) {
    if (head.length < BYTES || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    int replicas = head[MAGIC.length];
    if (replicas < 1 || replicas > REPLICAS_MAX) {
      return Optional.empty();
    }
    byte[] verifier = Arrays.copyOfRange(head, MAGIC.length + 1, BYTES);
    return Optional.of(new BlobHeader(replicas, Key.fromBytes(verifier)));
  }

  /// How many copies a blob gets that begins with `head`.
  static int replicas(byte[] head) {
    return of(head).map(BlobHeader::replicas).orElse(REPLICAS_DEFAULT);
  }

  /// Whether `secret` allows to delete the chunk; takes the same time whether or not.
  public boolean allows(DeleteSecret secret) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(LABEL);
    return MessageDigest.isEqual(digest.digest(secret.toBytes()), deleteVerifier.toBytes());
  }
}
