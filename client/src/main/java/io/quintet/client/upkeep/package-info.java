/// What an owner does for a file that is stored already: counts its replicas by proof, and restores
/// their number. Needs no keys, so a redacted manifest is enough. May use `network` and `progress`.
@NullMarked
package io.quintet.client.upkeep;

import org.jspecify.annotations.NullMarked;
