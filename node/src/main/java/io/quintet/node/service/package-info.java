/// What a node does with chunks, behind the HTTP edge and before the store. Sees the store and
/// ports to the network, no HTTP.
@NullMarked
package io.quintet.node.service;

import org.jspecify.annotations.NullMarked;
