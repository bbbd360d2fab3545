package io.quintet.dht.net.rpc;

import java.security.SecureRandom;
import java.util.HexFormat;

/// What a ping asks to be signed: bytes that were never asked before, so that no recorded pong
/// answers it.
///
/// @param hex [#BYTES] in lower-case hex
record Nonce(String hex) {
  static final int BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  static Nonce fresh() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Nonce(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
