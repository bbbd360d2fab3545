/// Tests of audits and repairs of a file.
@NullMarked
package io.quintet.client.upkeep;

import org.jspecify.annotations.NullMarked;
