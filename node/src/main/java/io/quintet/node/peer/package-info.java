/// Ports onto the other nodes, and their implementation over `dht.net`.
@NullMarked
package io.quintet.node.peer;

import org.jspecify.annotations.NullMarked;
