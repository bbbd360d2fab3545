package io.quintet.client.network;

import io.quintet.dht.id.Contact;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerClient;
import java.util.List;

/// The real network, opened by the first call that needs it.
public final class ClientNetwork implements Network {
  private final NetworkOptions options;

  private ClientNetwork(NetworkOptions options) {
    this.options = options;
  }

  /// Does nothing yet: no socket is opened and no packet is sent before the first call.
  public static Network open(NetworkOptions options) {
    return new ClientNetwork(options);
  }

  @Override
  public List<Contact> discover(int wanted) {
    return java.util.Optional.<List<Contact>>empty()
        .orElseThrow(() -> new IllegalStateException("not built yet: " + options));
  }

  @Override
  public Dht dht() {
    return java.util.Optional.<Dht>empty()
        .orElseThrow(() -> new IllegalStateException("not built yet: " + options));
  }

  @Override
  public PeerClient peers() {
    return java.util.Optional.<PeerClient>empty()
        .orElseThrow(() -> new IllegalStateException("not built yet: " + options));
  }

  @Override
  public void close() {}
}
