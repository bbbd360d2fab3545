/// Where restored bytes go: a file, a directory, or a stream. Nothing has its final name before it
/// is complete and verified; nothing is written outside the target.
///
/// Uses the rules of `tar` and nothing of the other stages.
@NullMarked
package io.quintet.client.restore;

import org.jspecify.annotations.NullMarked;
