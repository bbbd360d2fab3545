/// Whole machines on real wires: network namespaces on bridges, one node process in each, with
/// broadcast, multicast and mDNS as users have them, on the port that users have.
///
/// The bridges are in a namespace, too, so that the machine that runs the tests is left as it was
/// and no packet gets out. Needs root, iproute2 and nftables; without them the tests are skipped
/// and say why.
@NullMarked
package io.quintet.scripts.namespaces;

import org.jspecify.annotations.NullMarked;
