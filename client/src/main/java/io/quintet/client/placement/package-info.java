/// Chooses the nodes for a chunk: a pure function of what is known about the nodes and of a random
/// source that the caller passes in.
///
/// Uses the value types of `codec` alone.
@NullMarked
package io.quintet.client.placement;

import org.jspecify.annotations.NullMarked;
