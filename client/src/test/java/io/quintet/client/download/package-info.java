/// Tests of `download`.
@NullMarked
package io.quintet.client.download;

import org.jspecify.annotations.NullMarked;
