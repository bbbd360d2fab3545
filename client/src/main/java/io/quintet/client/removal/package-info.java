/// Deletes what a manifest describes from the network: every chunk at each of its holders, and a
/// tombstone where holders that are away will ask. May use `network`, `progress` and the manifest.
@NullMarked
package io.quintet.client.removal;

import org.jspecify.annotations.NullMarked;
