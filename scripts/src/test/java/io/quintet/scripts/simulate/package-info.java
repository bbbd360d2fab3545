/// Tests of `quintet simulate`, within the test's process.
@NullMarked
package io.quintet.scripts.simulate;

import org.jspecify.annotations.NullMarked;
