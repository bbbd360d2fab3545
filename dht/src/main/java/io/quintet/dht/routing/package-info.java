/// Who is there: the k-buckets of Kademlia (Maymounkov and Mazieres 2002, sections 2.2 and 2.4), in
/// the flat layout by prefix length.
///
/// Pure: time is an argument, changes are return values. May use `id` alone.
@NullMarked
package io.quintet.dht.routing;

import org.jspecify.annotations.NullMarked;
