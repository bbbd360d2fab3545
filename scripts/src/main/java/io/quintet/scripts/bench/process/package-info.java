/// Real processes, watched from outside: their processor time and memory by `/proc` (Linux), their
/// heap by the garbage collector's own log.
@NullMarked
package io.quintet.scripts.bench.process;

import org.jspecify.annotations.NullMarked;
