/// Who has what, and what was deleted: provider records (Kademlia, section 2.3, with pointers
/// instead of values), bounded and expiring on monotonic time.
///
/// Pure: time is an argument. May use `id` alone.
@NullMarked
package io.quintet.dht.records;

import org.jspecify.annotations.NullMarked;
