/// What this node knows of deleted chunks, in one file of fixed slots: what it deleted itself, for
/// ever, and a bounded number of what others say was deleted.
///
/// Two kinds, because only a holder of a chunk can check a tombstone. *Held* ones were checked
/// against the chunk's own header. *Foreign* ones were brought by anybody; they are told to whoever
/// announces the chunk, and checked when such a chunk comes in. May use `dht.id` and `dht.records`.
@NullMarked
package io.quintet.node.tombstone;

import org.jspecify.annotations.NullMarked;
