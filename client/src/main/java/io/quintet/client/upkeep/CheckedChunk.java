package io.quintet.client.upkeep;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known about one chunk after asking its holders.
///
/// @param blob its right bytes, null when nobody has them
/// @param proven who has every byte
/// @param wrong who has other bytes
/// @param unreachable how many did not answer
@SuppressWarnings("ArrayRecordComponent")
record CheckedChunk(
    Key id, byte @Nullable [] blob, List<Contact> proven, List<Contact> wrong, int unreachable) {
  /// Keeps its own copies.
  CheckedChunk {
    proven = List.copyOf(proven);
    wrong = List.copyOf(wrong);
  }
}
