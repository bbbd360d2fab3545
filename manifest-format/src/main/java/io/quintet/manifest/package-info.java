/// The manifest: the one small file that an owner keeps, enough to find, decrypt and check every
/// chunk of what was stored. Its values, its strict reader and its canonical writer.
///
/// May use the rooms `blob` and `merkle`, and Jackson's streaming parser. Pure: streams are handed
/// in by the caller, nothing here opens files, reads clocks or makes randomness. The one room of
/// this module that touches files is `io.quintet.manifest.file`. The normative text is
/// `docs/FORMAT.md`.
@NullMarked
package io.quintet.manifest;

import org.jspecify.annotations.NullMarked;
