package io.quintet.scripts.simulate.durability;

import io.quintet.dht.id.Contact;
import java.util.TreeSet;

/// One storage node and its disk.
final class Machine {
  final int index;
  final Contact contact;

  /// The chunks on its disk, by number.
  final TreeSet<Integer> disk = new TreeSet<>();

  boolean up = true;
  boolean dead;

  /// When it went down last.
  long downAt;

  /// Until when it is busy with the copies that it makes.
  long busyUntil;

  Machine(int index, Contact contact) {
    this.index = index;
    this.contact = contact;
  }
}
