/// Programs that measure the node beside the limits of the machine in the same run. Not tests:
/// nothing here fails because a machine is slow.
@NullMarked
package io.quintet.node.bench;

import org.jspecify.annotations.NullMarked;
