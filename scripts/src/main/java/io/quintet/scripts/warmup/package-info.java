/// The training run of the JDK's ahead-of-time cache (JEP 483, 514, 515): what users do, done once
/// in one process, so that the classes and profiles of every command are in the cache.
@NullMarked
package io.quintet.scripts.warmup;

import org.jspecify.annotations.NullMarked;
