/// Tests of removal against a network in memory.
@NullMarked
package io.quintet.client.removal;

import org.jspecify.annotations.NullMarked;
