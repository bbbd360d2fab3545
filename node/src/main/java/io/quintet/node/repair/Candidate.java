package io.quintet.node.repair;

import io.quintet.dht.id.Key;

/// A live node that may get a replica.
///
/// @param place what it shares with nodes that may fail together, such as its host or zone
/// @param hasRoom whether it would take this chunk: it has room and did not refuse lately
public record Candidate(Key node, String place, boolean hasRoom) {}
