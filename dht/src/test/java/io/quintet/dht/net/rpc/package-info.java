/// Tests of `rpc`, mostly of what strangers send. Loopback only.
@NullMarked
package io.quintet.dht.net.rpc;

import org.jspecify.annotations.NullMarked;
