package io.quintet.dht.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;

/// Own keys that one node is to be told of in one call.
///
/// @param attempt 1 for the first
public record StoreBatch(Contact to, List<Key> keys, int attempt) {}
