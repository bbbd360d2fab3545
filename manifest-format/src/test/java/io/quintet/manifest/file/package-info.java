/// Tests of manifests on disk.
@NullMarked
package io.quintet.manifest.file;

import org.jspecify.annotations.NullMarked;
