package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/// Every chunk and status call that a node answers, over kept-alive HTTP/1.1 connections.
///
/// No redirects, no transparent decompression, bounded bodies and times. A call fails with a
/// [PeerException] and nothing else.
public interface PeerClient {
  /// How a node took a chunk.
  enum PutOutcome {
    /// 201: durable now.
    STORED,
    /// 200: was durable already.
    PRESENT
  }

  /// Stores `blob` under `id`. When this completes the node has it on disk, synced.
  ///
  /// @param uncached asks the node not to keep it in memory as well: others are asked for it first
  Future<PutOutcome> putChunk(Contact node, Key id, byte[] blob, boolean uncached);

  /// The whole blob, not yet verified: the caller hashes.
  ///
  /// @param bytesMax a longer body is cut off and fails
  Future<byte[]> getChunk(Contact node, Key id, int bytesMax);

  /// Whether the node has `id` (HEAD).
  Future<Boolean> hasChunk(Contact node, Key id);

  /// What a node said to a deletion.
  enum DeleteOutcome {
    /// 204: it is gone for ever, or was deleted before; the tombstone is on the node's disk.
    DELETED,
    /// 403: the secret is not that of the chunk, or nobody can delete the chunk.
    REFUSED,
    /// 404: the node never had it.
    UNKNOWN
  }

  /// Deletes `id` at one node.
  Future<DeleteOutcome> deleteChunk(Contact node, Tombstone tombstone);

  /// What is asked of a holder that shall prove possession, see
  /// [io.quintet.dht.proof.PossessionProof].
  ///
  /// @param nonce fresh random bytes
  /// @param verifier this node's id, or 32 random bytes of a client
  /// @param recheck asks the node to hash its own copy too, and to put it aside when it is wrong
  @SuppressWarnings("ArrayRecordComponent")
  record ProofQuestion(byte[] nonce, Key verifier, boolean recheck) {}

  /// Asks the node to prove that it has every byte of `id`. The proof is unchecked; a node that
  /// answers under another id than the contact's fails as `RETRYABLE`: the one that was meant is
  /// not there.
  Future<byte[]> proveChunk(Contact node, Key id, ProofQuestion question);

  /// `GET /status` as the node sent it; unproven and untrusted.
  Future<JsonObject> status(Contact node, Duration timeout);

  /// Closes all connections.
  Future<Void> close();
}
