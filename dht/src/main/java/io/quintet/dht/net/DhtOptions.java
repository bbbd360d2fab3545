package io.quintet.dht.net;

import io.quintet.dht.engine.DhtConfig;
import io.quintet.dht.id.Contact;
import java.util.List;
import java.util.regex.Pattern;

/// How a process takes part in a network.
///
/// @param network keeps clusters on one wire apart; a name, not a secret
/// @param udpPort where nodes hear beacons
/// @param interfaces where beacons are sent and answered, see [Interfaces#choose]
/// @param bootstrap `host:port` of nodes to ask as well; names are resolved to all addresses
/// @param hints contacts from an earlier run, each worth a ping
/// @param config of the engine
public record DhtOptions(
    String network,
    int udpPort,
    List<ChosenInterface> interfaces,
    List<String> bootstrap,
    List<Contact> hints,
    DhtConfig config) {
  /// What a network may be called.
  public static final Pattern NETWORK_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final int BOOTSTRAP_MAX = 64;
  private static final int HINTS_MAX = 256;

  /// Validates, and keeps its own copies.
  public DhtOptions {
    if (!NETWORK_NAME.matcher(network).matches()) {
      throw new IllegalArgumentException(
          "network: '" + network + "' (expected: 1 to 64 letters, digits, '.', '_' or '-')");
    }
    if (udpPort < 1 || udpPort > 65_535) {
      throw new IllegalArgumentException("udpPort: " + udpPort + " (expected: 1..65535)");
    }
    interfaces = List.copyOf(interfaces);
    bootstrap = List.copyOf(bootstrap);
    hints = List.copyOf(hints);
    if (bootstrap.size() > BOOTSTRAP_MAX) {
      throw new IllegalArgumentException(
          "bootstrap: "
              + bootstrap.size()
              + " addresses (expected: at most "
              + BOOTSTRAP_MAX
              + ")");
    }
    bootstrap.forEach(HostPort::parse);
    hints = hints.subList(0, Math.min(hints.size(), HINTS_MAX));
  }

  /// Options that know nobody yet and run the engine with its defaults.
  public static DhtOptions of(String network, int udpPort, List<ChosenInterface> interfaces) {
    return new DhtOptions(network, udpPort, interfaces, List.of(), List.of(), DhtConfig.defaults());
  }
}
