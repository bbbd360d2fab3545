package io.quintet.dht.net.rpc;

import io.quintet.dht.id.Key;
import io.quintet.dht.net.NodeIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The proof in a pong: the node's signature over the caller's nonce and what the node says about
/// itself. The signed bytes begin with their purpose, so that no other signature of the node key
/// can stand in for one.
///
/// What it does not prove is the address: somebody in between can pass a ping on and answer with
/// the real node's pong. Such a relay sees and drops what it relays; it cannot forge it, because
/// chunks are checked by their hash.
///
/// @param network the network's name, ASCII
/// @param nonce the caller's
/// @param id of the signing node
/// @param port of its HTTP server
/// @param boot its boot counter
record PongProof(String network, Nonce nonce, Key id, int port, long boot) {
  private static final byte[] PURPOSE = "quintet/pong/v1".getBytes(StandardCharsets.US_ASCII);

  /// What is signed: purpose, length of the name in one byte, name, nonce, id, port as two and boot
  /// counter as eight bytes, both big-endian.
  byte[] message() {
    byte[] name = network.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(PURPOSE.length + 1 + name.length + Nonce.BYTES + Key.BYTES + 10)
        .put(PURPOSE)
        .put((byte) name.length)
        .put(name)
        .put(nonce.bytes())
        .put(id.toBytes())
        .putShort((short) port)
        .putLong(boot)
        .array();
  }

  /// Whether `signature` over this is by the owner of `publicKey`, and the id is that key's.
  boolean holds(byte[] publicKey, byte[] signature) {
    return NodeIdentity.idOf(publicKey).equals(id)
        && NodeIdentity.verify(publicKey, message(), signature);
  }
}
