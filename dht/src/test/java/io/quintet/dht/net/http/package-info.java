/// Tests of `http`, mostly of what strangers send.
@NullMarked
package io.quintet.dht.net.http;

import org.jspecify.annotations.NullMarked;
