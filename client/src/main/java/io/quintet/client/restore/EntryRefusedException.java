package io.quintet.client.restore;

import java.io.IOException;

/// An entry of a tar stream that will not be extracted, whatever the user says. The message says
/// why, naming the entry.
public final class EntryRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param name the entry's
  /// @param problem what is wrong with it
  EntryRefusedException(String name, String problem) {
    super("'" + (name.length() <= 200 ? name : name.substring(0, 200) + "...") + "' " + problem);
  }
}
