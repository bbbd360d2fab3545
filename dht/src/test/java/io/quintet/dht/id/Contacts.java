package io.quintet.dht.id;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// Contacts and brute-force answers for tests.
public final class Contacts {
  private Contacts() {}

  /// A contact with a random id on a host of its own.
  public static Contact random(RandomGenerator random) {
    int host = random.nextInt(1 << 24);
    String address = "10." + (host >> 16) + "." + (host >> 8 & 255) + "." + (host & 255);
    return new Contact(Key.random(random), address, 1 + random.nextInt(65_535));
  }

  /// So many of them.
  public static List<Contact> random(RandomGenerator random, int count) {
    List<Contact> contacts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contacts.add(random(random));
    }
    return contacts;
  }

  /// The contacts closest to `target` by sorting all of them.
  public static List<Contact> closest(List<Contact> all, Key target, int count) {
    return all.stream()
        .sorted(Comparator.comparing((Contact each) -> each.id().distance(target)))
        .limit(count)
        .toList();
  }
}
