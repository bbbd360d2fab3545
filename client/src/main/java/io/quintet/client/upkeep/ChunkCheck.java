package io.quintet.client.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.manifest.blob.Sha256;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Checks one chunk at all its holders.
///
/// Every holder is asked for a proof first, and only then one of them for the chunk itself: with it
/// the proofs are compared. Asked the other way round, a node whose copy rotted would notice while
/// it sends it, and the audit would not see what was wrong. Thread-safe.
final class ChunkCheck {
  private final NodeCalls calls;
  private final ExecutorService threads;
  private final SecureRandom random = new SecureRandom();

  /// @param threads starts a virtual thread per task
  ChunkCheck(NodeCalls calls, ExecutorService threads) {
    this.calls = calls;
    this.threads = threads;
  }

  /// What a holder answered.
  private sealed interface Answer {
    @SuppressWarnings("ArrayRecordComponent")
    record Proof(byte[] nonce, byte[] proof) implements Answer {}

    record Absent() implements Answer {}

    record Silent() implements Answer {}
  }

  /// Asks all of `holders`.
  CheckedChunk check(Key id, List<Contact> holders) throws InterruptedException {
    Map<Contact, Answer> answers = askAll(id, holders);
    Map<Contact, Answer.Proof> proofs = new LinkedHashMap<>();
    int silent = 0;
    for (Map.Entry<Contact, Answer> entry : answers.entrySet()) {
      switch (entry.getValue()) {
        case Answer.Proof proof -> proofs.put(entry.getKey(), proof);
        case Answer.Absent() -> {}
        case Answer.Silent() -> silent++;
      }
    }
    byte[] blob = fetch(id, proofs.keySet());
    if (blob == null) {
      return new CheckedChunk(id, null, List.of(), List.of(), silent);
    }
    List<Contact> proven = new ArrayList<>();
    List<Contact> wrong = new ArrayList<>();
    proofs.forEach((node, proof) -> (isRight(node, proof, blob) ? proven : wrong).add(node));
    for (Contact node : wrong) {
      tell(node, id);
    }
    return new CheckedChunk(id, blob, proven, wrong, silent);
  }

  private Map<Contact, Answer> askAll(Key id, List<Contact> holders) throws InterruptedException {
    Map<Contact, Future<Answer>> asked = new LinkedHashMap<>();
    for (Contact node : holders) {
      asked.put(node, threads.submit(() -> ask(node, id)));
    }
    Map<Contact, Answer> answers = new LinkedHashMap<>();
    for (Map.Entry<Contact, Future<Answer>> entry : asked.entrySet()) {
      try {
        answers.put(entry.getKey(), entry.getValue().get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof InterruptedException) {
          throw (InterruptedException) new InterruptedException("the audit ends").initCause(e);
        }
        throw new IllegalStateException("an audit failed in an unforeseen way", e.getCause());
      }
    }
    return answers;
  }

  private Answer ask(Contact node, Key id) throws InterruptedException {
    byte[] nonce = new byte[PossessionProof.NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      return new Answer.Proof(nonce, calls.prove(node, id, nonce, false));
    } catch (PeerException e) {
      return e.kind() == PeerException.Kind.ABSENT ? new Answer.Absent() : new Answer.Silent();
    }
  }

  private byte @Nullable [] fetch(Key id, Collection<Contact> holders) throws InterruptedException {
    for (Contact node : holders) {
      try {
        byte[] blob = calls.get(node, id);
        if (Key.fromBytes(Sha256.hash(blob)).equals(id)) {
          return blob;
        }
      } catch (PeerException e) {
        // Another holder is asked; that this one failed is in its proof.
        assert e.node().equals(node);
      }
    }
    return null;
  }

  /// Whether `node` proves that it has `blob`.
  boolean proves(Contact node, Key id, byte[] blob) throws InterruptedException {
    return ask(node, id) instanceof Answer.Proof given && isRight(node, given, blob);
  }

  private boolean isRight(Contact node, Answer.Proof given, byte[] blob) {
    byte[] expected = PossessionProof.of(given.nonce(), node.id(), calls.verifier(), blob);
    return PossessionProof.matches(expected, given.proof());
  }

  /// A node that has a wrong copy hashes it when it is told, and puts it aside.
  private void tell(Contact node, Key id) throws InterruptedException {
    byte[] nonce = new byte[PossessionProof.NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      calls.prove(node, id, nonce, true);
    } catch (PeerException e) {
      // It says that it has not got it any more, or it does not care; it counts as wrong anyway.
      assert e.node().equals(node);
    }
  }
}
