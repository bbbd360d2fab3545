/// Tests of blobs, their names and their secrets.
@NullMarked
package io.quintet.manifest.blob;

import org.jspecify.annotations.NullMarked;
