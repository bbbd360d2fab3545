/// The Kademlia calls as JSON over HTTP: strict codecs, the server side, the client side, and the
/// proof of identity in a pong.
///
/// May use Vert.x and Jackson's streaming parser. What strangers sent is checked here, so that the
/// engine sees values only.
@NullMarked
package io.quintet.dht.net.rpc;

import org.jspecify.annotations.NullMarked;
