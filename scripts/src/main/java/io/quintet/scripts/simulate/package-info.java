/// `quintet simulate`: a network of the engine that production runs, in virtual time, from one
/// seed.
///
/// It may use the simulator ([io.quintet.dht.sim]) and the client's `cli` and `progress`; it opens
/// no socket.
@NullMarked
package io.quintet.scripts.simulate;

import org.jspecify.annotations.NullMarked;
