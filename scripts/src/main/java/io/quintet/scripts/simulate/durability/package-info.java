/// The durability scenario of `quintet simulate`: years in the life of many replicas, with the
/// placement that clients use ([io.quintet.client.placement]) and the repair decisions that nodes
/// use ([io.quintet.node.repair]), both as they run in production.
///
/// What is simulated is around them: who is there, who has what on disk, how long a copy takes. One
/// seed gives one history. It may use `client`, `node` and `dht` values; no socket, no clock.
@NullMarked
package io.quintet.scripts.simulate.durability;

import org.jspecify.annotations.NullMarked;
