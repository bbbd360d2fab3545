/// Tests of `codec`.
@NullMarked
package io.quintet.client.codec;

import org.jspecify.annotations.NullMarked;
