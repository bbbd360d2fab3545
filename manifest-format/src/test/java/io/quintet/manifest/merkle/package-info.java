/// Tests of the Merkle tree, against the definition and known answers.
@NullMarked
package io.quintet.manifest.merkle;

import org.jspecify.annotations.NullMarked;
