/// Where chunks live: one interface, the durable store on disk, and its in-memory double. Knows
/// files and hashes, nothing of HTTP or of other nodes.
///
/// The write protocol is the one of crash-consistent stores since Pillai and others, "All File
/// Systems Are Not Created Equal" (OSDI 2014): temporary file, sync, atomic rename, directory sync.
/// A failed sync is never retried (Rebello and others, "Can Applications Recover from fsync
/// Failures?", USENIX ATC 2020).
@NullMarked
package io.quintet.node.store;

import org.jspecify.annotations.NullMarked;
