/// The Merkle tree of RFC 6962, section 2.1, over the plain chunks of a file: roots, built
/// incrementally, and inclusion proofs.
///
/// Pure functions and one single-threaded builder: no IO, no clock, no randomness.
@NullMarked
package io.quintet.manifest.merkle;

import org.jspecify.annotations.NullMarked;
