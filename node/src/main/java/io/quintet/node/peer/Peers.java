package io.quintet.node.peer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What this node asks of others. Every call blocks, has a deadline of its own and belongs on a
/// virtual thread; none of them throws because a node misbehaves: the answer says so.
public interface Peers {
  /// This node's own id.
  Key self();

  /// The proven, live contacts of the routing table, in key order, without this node. Does not
  /// block.
  Collection<Contact> members();

  /// The closest responsive nodes to `target`, nearest first, without this node; empty when nobody
  /// answers.
  List<Contact> closest(Key target) throws InterruptedException;

  /// Who provides each of `chunks` by the provider records, without this node: every chunk is in
  /// the map, maybe with nobody. Records are claims: who is named may be gone, or lie.
  ///
  /// @param chunks any number; they are asked in batches
  Map<Key, List<Contact>> holders(Collection<Key> chunks) throws InterruptedException;

  /// What `node` says about itself; empty when it is silent, or another node answers there.
  Optional<PeerFacts> facts(Contact node) throws InterruptedException;

  /// Whether `node` says that it has `chunk` (HEAD).
  Holding has(Contact node, Key chunk) throws InterruptedException;

  /// Asks `node` to prove that it has every byte of `chunk`.
  ///
  /// @param nonce fresh random bytes, [io.quintet.dht.proof.PossessionProof#NONCE_BYTES]
  /// @param recheck asks the node to hash its own copy as well and to put it aside when it is
  ///   wrong: for a node whose last proof was wrong
  ProofAnswer prove(Contact node, Key chunk, byte[] nonce, boolean recheck)
      throws InterruptedException;

  /// Stores `blob` at `node`; `STORED` and `PRESENT` mean that it is durable there.
  PutAnswer put(Contact node, Key chunk, byte[] blob) throws InterruptedException;

  /// Fetches `chunk` from `node` and compares its hash.
  FetchAnswer fetch(Contact node, Key chunk) throws InterruptedException;

  /// This node no longer has `chunks`. Does not block.
  void unprovide(Collection<Key> chunks);

  /// What a node says to HEAD.
  enum Holding {
    /// It says that it has the chunk.
    YES,
    /// It says that it has not.
    NO,
    /// It gave no usable answer in time.
    SILENT
  }

  /// What a node does with a chunk that it is given.
  enum PutAnswer {
    /// Durable now.
    STORED,
    /// Was durable already.
    PRESENT,
    /// It has no room.
    NO_ROOM,
    /// It knows that the owner deleted the chunk.
    DELETED,
    /// It will never take it.
    REFUSED,
    /// It gave no usable answer in time, or is busy.
    SILENT
  }

  /// What a node says when it is asked for a proof.
  sealed interface ProofAnswer {
    /// A proof; whether it is right is for the asker to see.
    @SuppressWarnings("ArrayRecordComponent")
    record Given(byte[] proof) implements ProofAnswer {}

    /// It says that it has not got the chunk.
    record Absent() implements ProofAnswer {}

    /// It gave no usable answer in time, or is busy, or another node answers there.
    record Silent() implements ProofAnswer {}
  }

  /// What a node sends when it is asked for a chunk.
  sealed interface FetchAnswer {
    /// The right bytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Fetched(byte[] blob) implements FetchAnswer {}

    /// It says that it has not got the chunk.
    record Absent() implements FetchAnswer {}

    /// It sent other bytes than those of the id.
    record Wrong() implements FetchAnswer {}

    /// It gave no usable answer in time.
    record Silent() implements FetchAnswer {}
  }
}
