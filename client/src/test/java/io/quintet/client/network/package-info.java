/// Tests of `network`.
@NullMarked
package io.quintet.client.network;

import org.jspecify.annotations.NullMarked;
