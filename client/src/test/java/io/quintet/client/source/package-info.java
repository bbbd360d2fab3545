/// Tests of `source`.
@NullMarked
package io.quintet.client.source;

import org.jspecify.annotations.NullMarked;
