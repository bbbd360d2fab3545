package io.quintet.node;

import io.quintet.dht.net.AdvertisedAddress;
import io.quintet.node.edge.EdgeLimits;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a node listens for HTTP.
///
/// @param bind the local address to bind, null: loopback if only loopback was chosen, else all
/// @param port exactly this one, 0: any free one, null: the first free one from [#PORT_FIRST] up
/// @param allowedHosts names under which the node may be called besides its addresses
/// @param elsewhere where others reach the node instead, null: where it listens
public record HttpSettings(
    @Nullable String bind,
    @Nullable Integer port,
    Set<String> allowedHosts,
    EdgeLimits limits,
    @Nullable AdvertisedAddress elsewhere) {
  /// The first port that is tried.
  public static final int PORT_FIRST = 8_000;

  /// The last port that is tried.
  public static final int PORT_LAST = 8_999;

  /// Refuses nonsense and keeps its own copy.
  public HttpSettings {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
    }
    Set<String> names = new LinkedHashSet<>(allowedHosts);
    if (elsewhere != null) {
      names.add(elsewhere.host());
      names.add(elsewhere.name());
    }
    allowedHosts = Set.copyOf(names);
  }

  /// A node that is reached where it listens.
  public HttpSettings(
      @Nullable String bind, @Nullable Integer port, Set<String> allowedHosts, EdgeLimits limits) {
    this(bind, port, allowedHosts, limits, null);
  }

  /// The address to bind.
  String bindAddress(NetworkSettings network) {
    if (bind != null) {
      return bind;
    }
    return network.isLoopbackOnly() ? "127.0.0.1" : "0.0.0.0";
  }

  /// The address that others are told, null when the network room knows better: a literal address
  /// that the owner bound.
  @Nullable String advertisedHost(NetworkSettings network) {
    String address = bindAddress(network);
    boolean literal = address.matches("[0-9.]+") || address.indexOf(':') >= 0;
    return literal && !address.equals("0.0.0.0") && !address.equals("::") ? address : null;
  }
}
