/// Single lookups of provider records, which no command makes: the client's own network room is
/// asked directly.
@NullMarked
package io.quintet.scripts.bench.fresh;

import org.jspecify.annotations.NullMarked;
