package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;
import java.util.List;

/// What can happen to an [IterativeLookup].
public sealed interface LookupEvent {
  /// `from` answered and named these contacts, in any order and of any quality.
  record Answered(Contact from, List<Contact> closer) implements LookupEvent {}

  /// `from` proved its id.
  record Proved(Contact from) implements LookupEvent {}

  /// `from` did not prove its id in time.
  record Unproven(Contact from) implements LookupEvent {}

  /// `from` did not answer in time, or answered nonsense.
  record Failed(Contact from) implements LookupEvent {}
}
