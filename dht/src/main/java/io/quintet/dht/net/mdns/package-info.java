/// Nodes as DNS-SD services `_quintet._tcp` over multicast DNS (RFC 6762, RFC 6763), for tools that
/// browse for services, and for networks that filter broadcast but let mDNS through.
///
/// IPv4, on chosen interfaces with multicast alone, never on loopback. Netty's codec reads and
/// writes the records; there is no cache, so that strangers can fill none. What is heard is a hint
/// and nothing more. May use Vert.x; every class belongs to one context.
@NullMarked
package io.quintet.dht.net.mdns;

import org.jspecify.annotations.NullMarked;
