/// Manifests on disk: written atomically and readable by their owner alone.
///
/// The one room of this module that touches files. It lives here and not in the client, because how
/// a manifest comes to disk (mode 0600, whole or not at all, never over a stranger's file) is part
/// of the format's promise and must be the same for every program that keeps manifests.
@NullMarked
package io.quintet.manifest.file;

import org.jspecify.annotations.NullMarked;
