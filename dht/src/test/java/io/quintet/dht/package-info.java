/// Tests of the DHT module as a whole: which room may use which.
@NullMarked
package io.quintet.dht;

import org.jspecify.annotations.NullMarked;
