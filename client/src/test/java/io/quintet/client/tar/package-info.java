/// Tests of `tar`.
@NullMarked
package io.quintet.client.tar;

import org.jspecify.annotations.NullMarked;
