package io.quintet.node;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.peer.Peers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nobody else is there.
record NoPeers(Key self) implements Peers {
  @Override
  public Collection<Contact> members() {
    return List.of();
  }

  @Override
  public List<Contact> closest(Key target) {
    return List.of();
  }

  @Override
  public Map<Key, List<Contact>> holders(Collection<Key> chunks) {
    Map<Key, List<Contact>> nobody = new LinkedHashMap<>();
    chunks.forEach(chunk -> nobody.put(chunk, List.of()));
    return nobody;
  }

  @Override
  public Optional<PeerFacts> facts(Contact node) {
    return Optional.empty();
  }

  @Override
  public Holding has(Contact node, Key chunk) {
    return Holding.SILENT;
  }

  @Override
  public ProofAnswer prove(Contact node, Key chunk, byte[] nonce, boolean recheck) {
    return new ProofAnswer.Silent();
  }

  @Override
  public PutAnswer put(Contact node, Key chunk, byte[] blob) {
    return PutAnswer.SILENT;
  }

  @Override
  public void unprovide(Collection<Key> chunks) {
    // Nobody was told of them.
  }

  @Override
  public FetchAnswer fetch(Contact node, Key chunk) {
    return new FetchAnswer.Silent();
  }
}
