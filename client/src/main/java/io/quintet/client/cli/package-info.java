/// The command line of the client: one file per command, and what they share.
///
/// A command class only understands its arguments; the work behind it is called through [Backend],
/// so that `--help` and a mistyped option load neither Vert.x nor Tink. It may use `upload`,
/// `download`, `network` and `progress`, and is used by the composition root alone. The contract
/// (options, JSON results, exit codes) is in the README and in `--help`.
@NullMarked
package io.quintet.client.cli;

import org.jspecify.annotations.NullMarked;
