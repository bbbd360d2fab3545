/// The identifier space of Kademlia (Maymounkov and Mazieres 2002, section 2) and the contacts in
/// it.
///
/// Pure values: no IO, no clock, no randomness.
@NullMarked
package io.quintet.dht.id;

import org.jspecify.annotations.NullMarked;
