/// Tests of leaving, with other nodes in memory.
@NullMarked
package io.quintet.node.service.unjoin;

import org.jspecify.annotations.NullMarked;
