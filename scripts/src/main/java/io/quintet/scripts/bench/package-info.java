/// The benchmark behind `scripts/bench`: figures of this machine, each beside the limit that it
/// runs against (hashing, encryption, loopback, durable writes), measured in the same run.
///
/// Its rooms: `limit` measures what the machine can do, `codec` the client's pipeline without a
/// network, `process` watches real processes. Nothing else may depend on it, and it is no test: a
/// missed goal is printed, not thrown.
@NullMarked
package io.quintet.scripts.bench;

import org.jspecify.annotations.NullMarked;
