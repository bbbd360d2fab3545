package io.quintet.client.memory;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BurialAnswer;
import io.quintet.dht.net.PeerClient.DeleteOutcome;
import io.quintet.dht.net.PeerClient.PutOutcome;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.Sha256;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One node: keeps chunks in a map and misbehaves as a test tells it.
public final class MemoryNode {
  /// How a node misbehaves.
  public enum Fault {
    /// Not at all.
    NONE,
    /// Nobody answers.
    DOWN,
    /// No room for chunks; what is there can be read.
    FULL,
    /// Sends other bytes than it was given.
    LIES,
    /// Answers nothing before [MemoryNode#release].
    STUCK
  }

  private final Contact contact;
  private final Map<Key, byte[]> chunks = new ConcurrentHashMap<>();
  private final Map<Key, Tombstone> tombstones = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger puts = new AtomicInteger();
  private final AtomicInteger gets = new AtomicInteger();
  private final AtomicInteger failuresLeft = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  MemoryNode(Contact contact) {
    this.contact = contact;
  }

  /// Its address.
  public Contact contact() {
    return contact;
  }

  /// What it stores.
  public Map<Key, byte[]> chunks() {
    return chunks;
  }

  /// How many PUTs reached it, with whatever answer.
  public int puts() {
    return puts.get();
  }

  /// How many GETs reached it, with whatever answer.
  public int gets() {
    return gets.get();
  }

  /// From now on it misbehaves so.
  public void fail(Fault how) {
    fault = how;
  }

  /// The next `count` calls fail in a way that may pass.
  public void failNext(int count) {
    failuresLeft.set(count);
  }

  /// Lets stuck calls go on.
  public void release() {
    released.countDown();
  }

  PutOutcome put(Key id, byte[] blob) throws InterruptedException {
    puts.incrementAndGet();
    meet();
    if (fault == Fault.FULL) {
      throw new PeerException(contact, PeerException.Kind.NO_ROOM, 507, "507");
    }
    if (!Key.fromBytes(Sha256.hash(blob)).equals(id)) {
      throw new PeerException(contact, PeerException.Kind.PERMANENT, 422, "422");
    }
    return chunks.put(id, blob) == null ? PutOutcome.STORED : PutOutcome.PRESENT;
  }

  byte[] get(Key id) throws InterruptedException {
    gets.incrementAndGet();
    meet();
    byte @Nullable [] blob = chunks.get(id);
    if (blob == null) {
      throw new PeerException(contact, PeerException.Kind.ABSENT, 404, "404");
    }
    if (fault == Fault.LIES) {
      byte[] other = blob.clone();
      other[other.length - 1] ^= 1;
      return other;
    }
    return blob;
  }

  boolean has(Key id) throws InterruptedException {
    meet();
    return chunks.containsKey(id);
  }

  DeleteOutcome delete(Tombstone tombstone) throws InterruptedException {
    meet();
    byte @Nullable [] blob = chunks.get(tombstone.id());
    if (blob == null) {
      Tombstone known = tombstones.get(tombstone.id());
      return known == null
          ? DeleteOutcome.UNKNOWN
          : known.equals(tombstone) ? DeleteOutcome.DELETED : DeleteOutcome.REFUSED;
    }
    BlobHeader header = BlobHeader.parse(blob);
    byte[] verifier = io.quintet.manifest.blob.DeleteSecret.verifier(tombstone.secret().toBytes());
    if (header == null || !Arrays.equals(verifier, header.deleteVerifier())) {
      return DeleteOutcome.REFUSED;
    }
    tombstones.put(tombstone.id(), tombstone);
    chunks.remove(tombstone.id());
    return DeleteOutcome.DELETED;
  }

  /// What it deleted.
  public Map<Key, Tombstone> tombstones() {
    return tombstones;
  }

  BurialAnswer bury(Collection<Tombstone> all) throws InterruptedException {
    if (fault == Fault.DOWN) {
      return new BurialAnswer(contact, Map.of());
    }
    Map<Key, Burial> outcomes = new HashMap<>();
    for (Tombstone each : all) {
      outcomes.put(
          each.id(),
          switch (delete(each)) {
            case DELETED -> Burial.DELETED;
            case REFUSED -> Burial.REFUSED;
            case UNKNOWN -> Burial.KEPT;
          });
    }
    return new BurialAnswer(contact, outcomes);
  }

  void meet() throws InterruptedException {
    if (fault == Fault.DOWN) {
      throw new PeerException(
          contact, PeerException.Kind.RETRYABLE, 0, contact.url() + " refused the connection");
    }
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new PeerException(contact, PeerException.Kind.RETRYABLE, 503, "503");
    }
    if (fault == Fault.STUCK) {
      released.await();
    }
  }
}
