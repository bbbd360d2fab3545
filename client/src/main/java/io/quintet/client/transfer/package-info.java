/// Moves blobs between this process and nodes: store with replacement of failing nodes, locate,
/// fetch with verification and hedging ("The Tail at Scale", Dean and Barroso 2013).
///
/// Everything goes through one blocking interface, [io.quintet.client.transfer.ChunkTransport];
/// retrying and verifying are decorators of it. Every method here may block and is meant for
/// virtual threads. Uses the value types of `placement`.
@NullMarked
package io.quintet.client.transfer;

import org.jspecify.annotations.NullMarked;
