/// Wiring and configuration of one node.
@NullMarked
package io.quintet.node;

import org.jspecify.annotations.NullMarked;
