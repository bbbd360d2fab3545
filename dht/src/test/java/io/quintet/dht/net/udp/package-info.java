/// Tests of `udp`, mostly of what strangers send. Loopback only.
@NullMarked
package io.quintet.dht.net.udp;

import org.jspecify.annotations.NullMarked;
