/// Thousands of engines in virtual time: the same [io.quintet.dht.engine.DhtEngine] that production
/// runs, driven by one heap of events instead of sockets and clocks.
///
/// One seed gives one trace, which a rolling hash witnesses. Latency, loss, duplication and
/// reordering are functions of (seed, pair of nodes, sequence number), so nothing depends on the
/// order in which they are computed. Pure: may use everything of `dht` but `net`.
@NullMarked
package io.quintet.dht.sim;

import org.jspecify.annotations.NullMarked;
