/// Long work of a node (audits, repair, scrub, unjoin) under one contract: a [Worker] does one
/// bounded step at a time and says what it is about; the [WorkRunner] decides when it runs. Knows
/// nothing of chunks and networks; reads the clock through [MonotonicTime] alone.
@NullMarked
package io.quintet.node.work;

import org.jspecify.annotations.NullMarked;
