package io.quintet.dht.net.rpc;

import io.quintet.dht.net.NodeIdentity;
import io.quintet.dht.net.json.JsonFields;
import io.vertx.core.buffer.Buffer;

/// The answer to a ping as it came in; nothing in it is proven.
final class Pong {
  private final byte[] publicKey;
  private final byte[] signature;
  private final long boot;

  private Pong(byte[] publicKey, byte[] signature, long boot) {
    this.publicKey = publicKey;
    this.signature = signature;
    this.boot = boot;
  }

  /// @throws io.quintet.dht.net.BadRequestException when it is no pong
  static Pong of(Buffer body) {
    JsonFields fields = JsonFields.of(body);
    return new Pong(
        fields.hex("publicKey", 1, NodeIdentity.PUBLIC_KEY_BYTES_MAX),
        fields.hex("signature", 1, NodeIdentity.SIGNATURE_BYTES_MAX),
        fields.integer("boot", 0, Long.MAX_VALUE));
  }

  byte[] publicKey() {
    return publicKey;
  }

  byte[] signature() {
    return signature;
  }

  long boot() {
    return boot;
  }
}
