/// What keeps a node's view right over time, one maintenance machine per file: proofs of contacts,
/// liveness probes, bootstrap and bucket refresh (Kademlia, section 2.3), and the announcement of
/// own keys by region.
///
/// Pure: time is an argument, what is to be done is a return value. May use `id`, `routing` and
/// `lookup`.
@NullMarked
package io.quintet.dht.upkeep;

import org.jspecify.annotations.NullMarked;
