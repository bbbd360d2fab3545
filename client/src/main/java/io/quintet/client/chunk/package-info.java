/// Cuts a byte stream into the fixed chunks of the manifest format (`docs/FORMAT.md`).
///
/// Uses nothing of the client but the shared failures.
@NullMarked
package io.quintet.client.chunk;

import org.jspecify.annotations.NullMarked;
