/// Tests of `chunk`.
@NullMarked
package io.quintet.client.chunk;

import org.jspecify.annotations.NullMarked;
