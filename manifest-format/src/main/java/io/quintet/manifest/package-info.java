/// What a file becomes: blobs, the Merkle tree and the manifest. Pure: no IO, no clock, no
/// randomness.
@NullMarked
package io.quintet.manifest;

import org.jspecify.annotations.NullMarked;
