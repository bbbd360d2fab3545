/// UDP beacons: who is there, and who has a chunk, asked and told on the local subnets.
///
/// Everything that comes in is a hint and nothing more: it can lead to a ping, never to state. May
/// use Vert.x; every class belongs to one context.
@NullMarked
package io.quintet.dht.net.udp;

import org.jspecify.annotations.NullMarked;
