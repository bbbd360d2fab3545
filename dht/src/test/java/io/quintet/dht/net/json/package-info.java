/// Tests of `json`, mostly of what strangers send.
@NullMarked
package io.quintet.dht.net.json;

import org.jspecify.annotations.NullMarked;
