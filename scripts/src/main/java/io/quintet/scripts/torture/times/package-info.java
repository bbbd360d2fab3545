/// How long gets take, as a client in this process measures them. May use manifests and what
/// fetches chunks, as the command line does not say how long one chunk took.
@NullMarked
package io.quintet.scripts.torture.times;

import org.jspecify.annotations.NullMarked;
