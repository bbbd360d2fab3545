/// A network in memory for tests: it keeps the contracts of `Network`, `Dht` and `PeerClient`, and
/// fails on demand.
@NullMarked
package io.quintet.client.memory;

import org.jspecify.annotations.NullMarked;
