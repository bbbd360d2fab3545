/// Tests of the tree itself: formatting, sizes, banned words, documents whose links and commands
/// must be true.
///
/// They read the sources of every module as text; no module's classes are used.
@NullMarked
package io.quintet.scripts.tidy;

import org.jspecify.annotations.NullMarked;
