/// What the machine can do at best: the limits that Quintet's figures are compared with. Uses the
/// JDK alone.
@NullMarked
package io.quintet.scripts.bench.limit;

import org.jspecify.annotations.NullMarked;
