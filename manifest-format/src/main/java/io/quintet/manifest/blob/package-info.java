/// What is stored on nodes: blobs, their names (SHA-256), their header, and the secrets that belong
/// to them. Encrypting and compressing is the client's work; this room holds the layout that client
/// and node must agree on.
///
/// Pure values: no IO, no clock, no randomness (the caller supplies key bytes). HKDF is RFC 5869.
/// The normative text is `docs/FORMAT.md`.
@NullMarked
package io.quintet.manifest.blob;

import org.jspecify.annotations.NullMarked;
