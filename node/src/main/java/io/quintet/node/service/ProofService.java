package io.quintet.node.service;

import io.quintet.dht.id.Key;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.node.store.ChunkContent;
import io.quintet.node.store.ChunkStore;
import io.vertx.core.Future;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// Proves to others that this node has every byte of a chunk: reads the file and nothing else, so a
/// copy that rotted makes a wrong proof.
public final class ProofService {
  private static final int STEP_BYTES = 64 << 10;

  private final Key self;
  private final ChunkStore store;
  private final Workers workers;

  /// @param self this node's id, which goes into every proof
  public ProofService(Key self, ChunkStore store, Workers workers) {
    this.self = self;
    this.store = store;
    this.workers = workers;
  }

  /// What a verifier wants to know.
  ///
  /// @param recheck whether the copy is hashed as well and put aside when it is wrong: a stranger's
  ///   word leads to a look, never to more
  @SuppressWarnings("ArrayRecordComponent")
  public record Question(byte[] nonce, Key verifier, boolean recheck) {}

  /// This node's id.
  public Key self() {
    return self;
  }

  /// Whether there is something to prove, without asking the disk.
  public boolean holds(Key id) {
    return store.has(id);
  }

  /// The proof; empty when the chunk is not stored (or turned out to be wrong).
  ///
  /// @return fails with a [io.quintet.node.store.StoreException]
  public Future<Optional<byte[]>> prove(Key id, Question question) {
    return workers.call(() -> {
      if (question.recheck() && store.verify(id) != ChunkStore.Verdict.RIGHT) {
        return Optional.empty();
      }
      Optional<ChunkContent> content = store.openUnverified(id);
      if (content.isEmpty()) {
        return Optional.empty();
      }
      try (ChunkContent open = content.get()) {
        return Optional.of(proof(open, question));
      }
    });
  }

  private byte[] proof(ChunkContent content, Question question) throws IOException {
    PossessionProof proof = PossessionProof.begin(question.nonce(), self, question.verifier());
    switch (content) {
      case ChunkContent.InMemory(byte[] bytes) -> proof.update(ByteBuffer.wrap(bytes));
      case ChunkContent.OnDisk(FileChannel file, int size) -> feed(proof, file, size);
    }
    return proof.finish();
  }

  private static void feed(PossessionProof proof, FileChannel file, int size) throws IOException {
    ByteBuffer step = ByteBuffer.allocate(Math.clamp(size, 1, STEP_BYTES));
    int position = 0;
    while (position < size) {
      step.clear().limit(Math.min(step.capacity(), size - position));
      int read = file.read(step, position);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      proof.update(step.flip());
      position += read;
    }
  }
}
