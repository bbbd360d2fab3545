package io.quintet.dht.records;

import io.quintet.dht.id.Key;

/// "The owner deleted this chunk", with the proof: whoever holds the chunk compares the secret with
/// the verifier in the chunk's header. It needs no clock, no vote and no trust in who brings it;
/// who does not hold the chunk can only pass it on.
///
/// @param id the chunk
/// @param secret what its owner showed
public record Tombstone(Key id, DeleteSecret secret) {}
