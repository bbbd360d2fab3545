package io.quintet.dht.net.rpc;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.NodeIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// The proof that a node itself says what it provides, for nodes whose calls come from another
/// address than the one that they are reached at. Without it anybody could fill such a node's share
/// of records. The signed bytes begin with their purpose, and name the receiver, so that they serve
/// nowhere else.
///
/// @param network the network's name, ASCII
/// @param receiver the node that is told
/// @param provider who signs, at the address that it is reached at
/// @param keys what it provides
record StoreProof(String network, Key receiver, Contact provider, List<Key> keys) {
  private static final byte[] PURPOSE = "quintet/store/v1".getBytes(StandardCharsets.US_ASCII);

  /// What is signed: purpose, length of the network's name in one byte, name, receiver, id, length
  /// of the host in one byte, host, port as two bytes, and the SHA-256 of all keys in their order.
  byte[] message() {
    byte[] name = network.getBytes(StandardCharsets.US_ASCII);
    byte[] host = provider.host().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(PURPOSE.length + 1 + name.length + 1 + host.length + 2 + 3 * 32)
        .put(PURPOSE)
        .put((byte) name.length)
        .put(name)
        .put(receiver.toBytes())
        .put(provider.id().toBytes())
        .put((byte) host.length)
        .put(host)
        .putShort((short) provider.port())
        .put(digest())
        .array();
  }

  /// Whether `signature` over this is by the owner of `publicKey`, and the id is that key's.
  boolean holds(byte[] publicKey, byte[] signature) {
    return NodeIdentity.idOf(publicKey).equals(provider.id())
        && NodeIdentity.verify(publicKey, message(), signature);
  }

  private byte[] digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      keys.forEach(key -> digest.update(key.toBytes()));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
