/// Tests of `transfer`.
@NullMarked
package io.quintet.client.transfer;

import org.jspecify.annotations.NullMarked;
