/// The composition root: the one place that sees client and node, and builds the command line that
/// users call. Its rooms run local clusters, the demo, simulations, and the training run of the AOT
/// cache.
@NullMarked
package io.quintet.scripts;

import org.jspecify.annotations.NullMarked;
