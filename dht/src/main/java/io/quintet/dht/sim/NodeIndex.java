package io.quintet.dht.sim;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.Arrays;
import java.util.List;

/// Which node has an id, or is at an address: a hash table of node numbers alone, since every
/// message is looked up here and a million nodes fit into no cache with more.
final class NodeIndex {
  // Implementation: open addressing with linear probing, at most half full; ids are evenly spread
  // by nature. Nobody is ever taken out: dead nodes keep their numbers.

  private static final int NONE = -1;

  private final List<SimNode> nodes;
  private int[] numbers = emptyPlaces(64);
  private int size;

  /// @param nodes by number; the numbers in here point into it
  NodeIndex(List<SimNode> nodes) {
    this.nodes = nodes;
  }

  /// Adds a node that is in the list.
  void add(SimNode node) {
    if (2 * (size + 1) > numbers.length) {
      int[] known = numbers;
      numbers = emptyPlaces(2 * known.length);
      for (int number : known) {
        if (number != NONE) {
          numbers[placeOf(nodes.get(number).contact.id())] = number;
        }
      }
    }
    numbers[placeOf(node.contact.id())] = node.index;
    size++;
  }

  /// The number of the node with this id; negative when there never was one.
  int find(Key id) {
    return numbers[placeOf(id)];
  }

  /// The address of the node with this number.
  static String hostOf(int number) {
    return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  /// The number of the node that is meant by `to`, or, where nobody has this id, of the one at its
  /// address; negative when there is none.
  int at(Contact to) {
    int known = find(to.id());
    if (known >= 0) {
      return known;
    }
    int number = 0;
    for (String part : to.host().split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    number &= 0xFFFFFF;
    return number < nodes.size() ? number : -1;
  }

  private int placeOf(Key id) {
    int mask = numbers.length - 1;
    int place = Long.hashCode(id.head()) & mask;
    while (numbers[place] != NONE && !nodes.get(numbers[place]).contact.id().equals(id)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static int[] emptyPlaces(int count) {
    int[] places = new int[count];
    Arrays.fill(places, NONE);
    return places;
  }
}
