/// Tests of `restore`.
@NullMarked
package io.quintet.client.restore;

import org.jspecify.annotations.NullMarked;
