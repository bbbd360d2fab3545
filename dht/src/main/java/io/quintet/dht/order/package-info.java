/// The order of nodes for a chunk, on which holders and clients agree without talking: rendezvous
/// hashing (Thaler and Ravishankar, "A name-based mapping scheme for rendezvous", 1996). Pure; may
/// use `id` alone.
@NullMarked
package io.quintet.dht.order;

import org.jspecify.annotations.NullMarked;
