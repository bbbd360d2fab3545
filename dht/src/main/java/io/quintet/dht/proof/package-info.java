/// Proof of possession: how a holder shows that it has every byte of a chunk without sending it.
/// Pure functions of bytes; may use `id` alone. HMAC is RFC 2104 with SHA-256 (FIPS 180-4).
@NullMarked
package io.quintet.dht.proof;

import org.jspecify.annotations.NullMarked;
