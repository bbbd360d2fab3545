/// Tests of `placement`.
@NullMarked
package io.quintet.client.placement;

import org.jspecify.annotations.NullMarked;
