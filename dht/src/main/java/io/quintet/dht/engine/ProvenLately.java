package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Contacts that proved themselves lately but have no place in the routing table: their records are
/// taken without another ping. Bounded, the oldest leaves first.
final class ProvenLately {
  private static final int SIZE_MAX = 2_048;
  private static final long AGE_MILLIS_MAX = 600_000;

  private final Map<Contact, Long> provenAt = new LinkedHashMap<>(1);

  void add(long now, Contact contact) {
    provenAt.remove(contact);
    provenAt.put(contact, now);
    if (provenAt.size() > SIZE_MAX) {
      Iterator<Contact> oldest = provenAt.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  void remove(Contact contact) {
    provenAt.remove(contact);
  }

  boolean contains(long now, Contact contact) {
    Long at = provenAt.get(contact);
    return at != null && now - at <= AGE_MILLIS_MAX;
  }
}
