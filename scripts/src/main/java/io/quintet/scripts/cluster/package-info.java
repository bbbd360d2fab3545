/// A cluster of real node processes on this machine's loopback: started, watched, stopped.
///
/// Used by `quintet cluster`, the demo and the end-to-end tests. It may use the client's `cli` and
/// `progress`, and talks to nodes as any stranger does: by their command line, by signals and by
/// `GET /status`.
@NullMarked
package io.quintet.scripts.cluster;

import org.jspecify.annotations.NullMarked;
