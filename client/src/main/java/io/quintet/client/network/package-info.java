/// How a client finds nodes: saved peers, WHO beacons, bootstrap addresses.
@NullMarked
package io.quintet.client.network;

import org.jspecify.annotations.NullMarked;
