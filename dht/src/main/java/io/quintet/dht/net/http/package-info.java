/// Calls to the HTTP servers of nodes: bounded times, bodies, connections and queues.
///
/// May use Vert.x. Nothing in here trusts what a node answers.
@NullMarked
package io.quintet.dht.net.http;

import org.jspecify.annotations.NullMarked;
