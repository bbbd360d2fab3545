/// Tests of `mdns`, without sockets.
@NullMarked
package io.quintet.dht.net.mdns;

import org.jspecify.annotations.NullMarked;
