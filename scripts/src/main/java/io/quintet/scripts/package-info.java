/// Composition of the command line; local clusters, demo, benchmark.
@NullMarked
package io.quintet.scripts;

import org.jspecify.annotations.NullMarked;
