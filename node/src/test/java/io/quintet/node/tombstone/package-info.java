/// Tests of the table of tombstones.
@NullMarked
package io.quintet.node.tombstone;

import org.jspecify.annotations.NullMarked;
