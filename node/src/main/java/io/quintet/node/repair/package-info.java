/// What to do about chunks with too few or too many replicas: pure functions of what is known and
/// of the time, without disk, network, clock or thread; the simulator takes the same decisions.
/// Times are milliseconds of a monotonic clock. May use `dht.id` alone.
@NullMarked
package io.quintet.node.repair;

import org.jspecify.annotations.NullMarked;
