/// The client's upload pipeline without a network: the real classes in front of nodes that forget
/// what they are given.
///
/// The one room of this module that implements the ports of `dht` itself.
@NullMarked
package io.quintet.scripts.bench.codec;

import org.jspecify.annotations.NullMarked;
