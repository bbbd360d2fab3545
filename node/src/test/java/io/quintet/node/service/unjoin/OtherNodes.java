package io.quintet.node.service.unjoin;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.peer.Peers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Other nodes in memory: they keep chunks in maps, prove them, and misbehave as a test tells them.
final class OtherNodes implements Peers {
  private final Map<Key, Other> nodes = new LinkedHashMap<>();

  /// One of them.
  static final class Other {
    final Contact contact;
    final Map<Key, byte[]> chunks = new ConcurrentHashMap<>();
    volatile long freeBytes = 1L << 30;
    volatile boolean leaving;
    volatile boolean proves = true;
    volatile boolean silent;

    Other(Contact contact) {
      this.contact = contact;
    }
  }

  Other add(int number) {
    Contact contact =
        new Contact(new Key(number, number, 7, 7), "192.0.2." + number, 8_000 + number);
    Other other = new Other(contact);
    nodes.put(contact.id(), other);
    return other;
  }

  Collection<Other> all() {
    return nodes.values();
  }

  long copies(Key chunk) {
    return nodes.values().stream().filter(node -> node.chunks.containsKey(chunk)).count();
  }

  @Override
  public Key self() {
    return new Key(9, 9, 9, 9);
  }

  @Override
  public Collection<Contact> members() {
    return nodes.values().stream().map(node -> node.contact).toList();
  }

  @Override
  public List<Contact> closest(Key target) {
    return List.copyOf(members());
  }

  @Override
  public Map<Key, List<Contact>> holders(Collection<Key> chunks) {
    Map<Key, List<Contact>> holders = new LinkedHashMap<>();
    for (Key chunk : chunks) {
      holders.put(
          chunk,
          nodes.values().stream()
              .filter(node -> node.chunks.containsKey(chunk))
              .map(node -> node.contact)
              .toList());
    }
    return holders;
  }

  private Other at(Contact contact) {
    return Objects.requireNonNull(nodes.get(contact.id()));
  }

  @Override
  public Optional<PeerFacts> facts(Contact contact) {
    Other node = at(contact);
    return node.silent
        ? Optional.empty()
        : Optional.of(new PeerFacts(node.freeBytes, !node.leaving, node.leaving, Map.of()));
  }

  @Override
  public Holding has(Contact contact, Key chunk) {
    return at(contact).chunks.containsKey(chunk) ? Holding.YES : Holding.NO;
  }

  @Override
  public ProofAnswer prove(Contact contact, Key chunk, byte[] nonce, boolean recheck) {
    Other node = at(contact);
    byte[] blob = node.chunks.get(chunk);
    if (node.silent) {
      return new ProofAnswer.Silent();
    }
    if (blob == null) {
      return new ProofAnswer.Absent();
    }
    return new ProofAnswer.Given(
        node.proves
            ? PossessionProof.of(nonce, contact.id(), self(), blob)
            : new byte[PossessionProof.NONCE_BYTES]);
  }

  @Override
  public PutAnswer put(Contact contact, Key chunk, byte[] blob) {
    Other node = at(contact);
    if (node.silent) {
      return PutAnswer.SILENT;
    }
    if (node.freeBytes < blob.length) {
      return PutAnswer.NO_ROOM;
    }
    return node.chunks.put(chunk, blob) == null ? PutAnswer.STORED : PutAnswer.PRESENT;
  }

  @Override
  public void unprovide(Collection<Key> chunks) {
    // Nobody was told of them.
  }

  @Override
  public FetchAnswer fetch(Contact contact, Key chunk) {
    return new FetchAnswer.Absent();
  }
}
