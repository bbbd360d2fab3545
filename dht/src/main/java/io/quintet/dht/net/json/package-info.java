/// Strict reading of small JSON documents from strangers, for datagrams and calls alike.
///
/// May use Jackson's streaming parser. Every refusal names the place, the value and the
/// expectation.
@NullMarked
package io.quintet.dht.net.json;

import org.jspecify.annotations.NullMarked;
