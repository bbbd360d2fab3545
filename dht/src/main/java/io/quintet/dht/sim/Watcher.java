package io.quintet.dht.sim;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;

/// Sees what the engines do, for figures; changes nothing.
interface Watcher {
  /// Node `index` calls another.
  default void asks(int index, DhtRequest request) {}

  /// Node `index` gave `contact` up.
  default void left(int index, Contact contact, long now) {}

  /// Node `index` wants the others on its wire to look after `contact`.
  default void silent(int index, Contact contact) {}
}
