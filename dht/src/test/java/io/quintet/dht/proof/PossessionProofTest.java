package io.quintet.dht.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quintet.dht.id.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PossessionProofTest {
  private static final byte[] NONCE = new byte[32];
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);
  private static final Key PROVER = new Key(1, 2, 3, 4);
  private static final Key VERIFIER = new Key(5, 6, 7, 8);

  @Test
  void theProofIsTheHmacThatThePageDescribes() {
    // printf 'a blob' | openssl dgst -sha256 -mac HMAC -macopt hexkey:<nonce prover verifier>
    assertEquals(
        "94c1f9b4539c8bcc4e1a024aac6b44508b3408ac5de017f199e0ed784de55891",
        HexFormat.of().formatHex(PossessionProof.of(NONCE, PROVER, VERIFIER, BLOB)));
  }

  @Test
  void aProofBindsNonceProverVerifierAndEveryByte() {
    byte[] proof = PossessionProof.of(NONCE, PROVER, VERIFIER, BLOB);
    byte[] otherNonce = NONCE.clone();
    otherNonce[31] = 1;
    byte[] otherBlob = BLOB.clone();
    otherBlob[5] ^= 1;
    for (byte[] other :
        new byte[][] {
          PossessionProof.of(otherNonce, PROVER, VERIFIER, BLOB),
          PossessionProof.of(NONCE, VERIFIER, VERIFIER, BLOB),
          PossessionProof.of(NONCE, PROVER, PROVER, BLOB),
          PossessionProof.of(NONCE, PROVER, VERIFIER, otherBlob)
        }) {
      assertFalse(PossessionProof.matches(proof, other));
    }
  }

  @Test
  void aBlobMayComeInPieces() {
    PossessionProof pieces = PossessionProof.begin(NONCE, PROVER, VERIFIER);
    pieces.update(ByteBuffer.wrap(BLOB, 0, 2));
    pieces.update(ByteBuffer.wrap(BLOB, 2, 4));
    assertArrayEquals(PossessionProof.of(NONCE, PROVER, VERIFIER, BLOB), pieces.finish());
  }

  @Test
  void aNonceOfAnotherLengthIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PossessionProof.begin(new byte[31], PROVER, VERIFIER));
  }
}
