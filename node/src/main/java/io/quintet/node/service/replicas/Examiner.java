package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.node.peer.Peers;
import java.security.SecureRandom;

/// Has another node prove that it holds a chunk. Safe for many threads.
public final class Examiner {
  private final Peers peers;
  private final SecureRandom random = new SecureRandom();

  /// @param peers whom to ask
  public Examiner(Peers peers) {
    this.peers = peers;
  }

  /// What an examination found.
  public enum Finding {
    /// It has every byte.
    OK,
    /// No usable answer in time: says nothing about the chunk.
    TIMEOUT,
    /// It says that it has not got the chunk.
    MISSING,
    /// What it proved are other bytes.
    WRONG
  }

  /// Examines `node`, which should have `blob`. A node that proves other bytes is told so at once:
  /// it hashes its copy itself and puts it aside if it is wrong.
  public Finding examine(Contact node, Key chunk, byte[] blob) throws InterruptedException {
    Finding finding = ask(node, chunk, blob, false);
    if (finding != Finding.WRONG) {
      return finding;
    }
    // It may have healed by now, or have put the copy aside; or it lies, and goes on lying.
    ask(node, chunk, blob, true);
    return Finding.WRONG;
  }

  private Finding ask(Contact node, Key chunk, byte[] blob, boolean recheck)
      throws InterruptedException {
    byte[] nonce = new byte[PossessionProof.NONCE_BYTES];
    random.nextBytes(nonce);
    return switch (peers.prove(node, chunk, nonce, recheck)) {
      case Peers.ProofAnswer.Given(byte[] proof) ->
          PossessionProof.matches(PossessionProof.of(nonce, node.id(), peers.self(), blob), proof)
              ? Finding.OK
              : Finding.WRONG;
      case Peers.ProofAnswer.Absent() -> Finding.MISSING;
      case Peers.ProofAnswer.Silent() -> Finding.TIMEOUT;
    };
  }
}
