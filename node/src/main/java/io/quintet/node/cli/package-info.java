/// `quintet node`: options, the line at start, signals and exit codes. The composition root of the
/// distribution adds the command to its tree.
@NullMarked
package io.quintet.node.cli;

import org.jspecify.annotations.NullMarked;
