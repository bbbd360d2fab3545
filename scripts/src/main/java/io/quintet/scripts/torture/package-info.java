/// Hurts real node processes and checks what they promised: kills them, cuts their power, fills and
/// spoils their disks, stops and slows them. Each scenario is one file; the build runs each for a
/// round or two, `scripts/torture` for as long as it is told.
///
/// The oracle is the same everywhere: every acknowledged chunk is readable bit for bit, every
/// deleted chunk is absent, and nothing else is required (as in Jepsen's set test). Sees nodes from
/// outside only: processes, signals, files, HTTP and the command line.
@NullMarked
package io.quintet.scripts.torture;

import org.jspecify.annotations.NullMarked;
