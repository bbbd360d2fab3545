/// The one room of `dht` that touches the world: JSON over HTTP, UDP beacons, and the client for
/// every call that a node answers. It drives the engine on one Vert.x context.
@NullMarked
package io.quintet.dht.net;

import org.jspecify.annotations.NullMarked;
