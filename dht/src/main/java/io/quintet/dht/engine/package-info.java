/// The Kademlia engine as a function of time and events: `handle(now, event, effects)` and
/// `nextWakeup()`. The same classes run in production (driven by `net`) and in the simulator.
///
/// Pure: no sockets, files, threads, clocks or unseeded randomness.
@NullMarked
package io.quintet.dht.engine;

import org.jspecify.annotations.NullMarked;
