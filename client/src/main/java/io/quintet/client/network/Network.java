package io.quintet.client.network;

import io.quintet.dht.id.Contact;
import io.quintet.dht.net.Dht;
import io.quintet.dht.net.PeerClient;
import java.util.List;

/// The client's connection to one network. Blocking; for virtual threads.
public interface Network extends AutoCloseable {
  /// Finds nodes: returns as soon as `wanted` live nodes are known or the network is known to be
  /// smaller, all that were found.
  ///
  /// @param needed with fewer than these the search is patient: a busy node may answer late
  /// @param wanted enough, even if there are more
  /// @throws io.quintet.client.UserException with `NO_NODES`, naming each path that was tried and
  ///   what it answered, when nobody answered within five seconds
  List<Contact> discover(int needed, int wanted);

  /// Lookups.
  Dht dht();

  /// Calls to nodes.
  PeerClient peers();

  /// Remembers the nodes for next time and closes the sockets.
  @Override
  void close();
}
