/// How to find the nodes closest to a key, and who provides many keys: iterative lookups (Kademlia,
/// section 2.3) over disjoint paths (S/Kademlia, Baumgart and Mies 2007, section 4.4), and sweeps
/// over regions of the space, so that the cost grows with the number of nodes and not of keys.
///
/// Pure: time is an argument. May use `id` alone.
@NullMarked
package io.quintet.dht.lookup;

import org.jspecify.annotations.NullMarked;
