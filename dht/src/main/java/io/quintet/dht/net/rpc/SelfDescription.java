package io.quintet.dht.net.rpc;

import io.quintet.dht.id.Key;

/// What a node says about itself in its calls.
///
/// @param port of its HTTP server
/// @param boot its boot counter
public record SelfDescription(Key id, int port, long boot) {}
