/// Leaving for good: every chunk of this node is handed to others and proved there before the node
/// goes. May use `work`, `peer`, `repair`, `store` and the copies and examinations of `replicas`.
@NullMarked
package io.quintet.node.service.unjoin;

import org.jspecify.annotations.NullMarked;
