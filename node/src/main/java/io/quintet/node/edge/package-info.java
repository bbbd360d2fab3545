/// The HTTP front door: limits first, then the router that is built from the OpenAPI contract, then
/// one class per group of operations. Sees the services, never the store's files.
///
/// HTTP/1.1 is RFC 9112, its semantics RFC 9110, problems RFC 9457.
@NullMarked
package io.quintet.node.edge;

import org.jspecify.annotations.NullMarked;
