/// Tests of the manifest's values, reader and writer, and of the rules of this module.
@NullMarked
package io.quintet.manifest;

import org.jspecify.annotations.NullMarked;
