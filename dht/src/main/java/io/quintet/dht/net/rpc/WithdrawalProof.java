package io.quintet.dht.net.rpc;

import io.quintet.dht.id.Key;
import io.quintet.dht.net.NodeIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The proof that a node itself says that it provides nothing any more. The signed bytes begin with
/// their purpose, and name the receiver, so that they serve nowhere else. Saying it again says
/// nothing new, so they carry no time.
///
/// @param network the network's name, ASCII
/// @param receiver the node that is told
/// @param provider who signs
record WithdrawalProof(String network, Key receiver, Key provider) {
  private static final byte[] PURPOSE = "quintet/withdraw/v1".getBytes(StandardCharsets.US_ASCII);

  /// What is signed: purpose, length of the network's name in one byte, name, receiver, provider.
  byte[] message() {
    byte[] name = network.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(PURPOSE.length + 1 + name.length + 2 * Key.BYTES)
        .put(PURPOSE)
        .put((byte) name.length)
        .put(name)
        .put(receiver.toBytes())
        .put(provider.toBytes())
        .array();
  }

  /// Whether `signature` over this is by the owner of `publicKey`, and the id is that key's.
  boolean holds(byte[] publicKey, byte[] signature) {
    return NodeIdentity.idOf(publicKey).equals(provider)
        && NodeIdentity.verify(publicKey, message(), signature);
  }
}
