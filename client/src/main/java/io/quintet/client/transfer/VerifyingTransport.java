package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import io.quintet.manifest.blob.Sha256;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Passes on only bytes whose SHA-256 is the chunk's id. A node that sends others is named in a
/// warning, once.
public final class VerifyingTransport implements ChunkTransport {
  private final ChunkTransport transport;
  private final Consumer<String> warnings;
  private final Set<Key> named = ConcurrentHashMap.newKeySet();

  /// @param warnings takes one line about each lying node
  public VerifyingTransport(ChunkTransport transport, Consumer<String> warnings) {
    this.transport = transport;
    this.warnings = warnings;
  }

  @Override
  public void put(Contact node, Key id, byte[] blob, boolean uncached) throws InterruptedException {
    transport.put(node, id, blob, uncached);
  }

  @Override
  public byte[] get(Contact node, Key id) throws InterruptedException {
    byte[] blob = transport.get(node, id);
    if (!Key.fromBytes(Sha256.hash(blob)).equals(id)) {
      String problem =
          "node " + node.id() + " (" + node.url() + ") sent wrong bytes for chunk " + id;
      if (named.add(node.id())) {
        warnings.accept(problem + "; another holder is asked");
      }
      throw new PeerException(node, PeerException.Kind.PERMANENT, 0, problem);
    }
    return blob;
  }

  @Override
  public boolean has(Contact node, Key id) throws InterruptedException {
    return transport.has(node, id);
  }
}
