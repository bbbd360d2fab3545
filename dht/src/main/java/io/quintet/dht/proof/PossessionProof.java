package io.quintet.dht.proof;

import io.quintet.dht.id.Key;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A proof that somebody has every byte of a blob: `HMAC-SHA-256(nonce || prover || verifier,
/// blob)`.
///
/// The nonce is fresh, so an old proof says nothing; the prover's id is in it, so a proof that an
/// honest holder makes for somebody else carries the honest holder's name; the verifier's id is in
/// it, so one node's question cannot be passed on as another's. What it cannot show is that the
/// prover keeps the bytes: it may have fetched them a moment ago.
///
/// For one thread; makes one proof.
public final class PossessionProof {
  /// Length of a nonce.
  public static final int NONCE_BYTES = 32;

  /// Length of a proof.
  public static final int PROOF_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  private PossessionProof(Mac mac) {
    this.mac = mac;
  }

  /// Begins a proof, to be fed with the blob.
  ///
  /// @param nonce [#NONCE_BYTES] fresh random bytes of the verifier
  /// @param prover the node that has the blob
  /// @param verifier who asks: a node's id, or any 32 bytes that a client chose
  /// @throws IllegalArgumentException when the nonce has another length
  public static PossessionProof begin(byte[] nonce, Key prover, Key verifier) {
    if (nonce.length != NONCE_BYTES) {
      throw new IllegalArgumentException("nonce: " + nonce.length + " bytes (expected: 32)");
    }
    byte[] key =
        ByteBuffer.allocate(NONCE_BYTES + 2 * Key.BYTES)
            .put(nonce)
            .put(prover.toBytes())
            .put(verifier.toBytes())
            .array();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return new PossessionProof(mac);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// The next bytes of the blob.
  public void update(ByteBuffer bytes) {
    mac.update(bytes);
  }

  /// The proof over all bytes so far; afterwards this object is used up.
  public byte[] finish() {
    return mac.doFinal();
  }

  /// The proof that an honest holder of `blob` would give.
  public static byte[] of(byte[] nonce, Key prover, Key verifier, byte[] blob) {
    PossessionProof proof = begin(nonce, prover, verifier);
    proof.update(ByteBuffer.wrap(blob));
    return proof.finish();
  }

  /// Whether two proofs are equal, in a time that does not depend on where they differ.
  public static boolean matches(byte[] expected, byte[] given) {
    return MessageDigest.isEqual(expected, given);
  }
}
