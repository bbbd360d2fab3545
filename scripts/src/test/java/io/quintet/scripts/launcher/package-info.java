/// Tests of the bash scripts, driven as a user drives them.
///
/// Most use a checkout of their own in a folder with a space in its name, with a `java` and a `mvn`
/// that only write down how they were called; so they need no JVM and no build. `RealStartIT`
/// starts the real thing.
@NullMarked
package io.quintet.scripts.launcher;

import org.jspecify.annotations.NullMarked;
