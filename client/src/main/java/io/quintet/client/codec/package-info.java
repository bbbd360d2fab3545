/// A chunk's bytes to a blob and back: compression, encryption, the blob's layout
/// (`docs/FORMAT.md`). Pure bytes to bytes, apart from the AEAD's random initialisation vectors.
///
/// AES-256-GCM (NIST SP 800-38D) comes from Tink. Workers own their contexts and buffers, so that a
/// chunk costs no more garbage than the blob itself. Uses the value types of `chunk` alone.
@NullMarked
package io.quintet.client.codec;

import org.jspecify.annotations.NullMarked;
