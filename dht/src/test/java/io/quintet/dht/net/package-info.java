/// Tests of the room that touches the world. Everything talks on loopback only, on ports of its
/// own.
@NullMarked
package io.quintet.dht.net;

import org.jspecify.annotations.NullMarked;
