/// Tests of the proofs of possession.
@NullMarked
package io.quintet.dht.proof;

import org.jspecify.annotations.NullMarked;
