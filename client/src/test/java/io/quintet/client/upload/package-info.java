/// Tests of `upload`.
@NullMarked
package io.quintet.client.upload;

import org.jspecify.annotations.NullMarked;
