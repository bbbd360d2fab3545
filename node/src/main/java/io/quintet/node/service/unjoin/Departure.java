package io.quintet.node.service.unjoin;

import java.util.Locale;

/// How far this node is on its way out, as its data directory remembers it.
public enum Departure {
  /// It stays.
  STAYING,
  /// It hands its chunks over and leaves when every one has all the replicas that others can hold.
  LEAVING,
  /// The same, but leaves when every chunk is held by one other node at least.
  LEAVING_FORCED,
  /// Everything is handed over; its files are being removed.
  REMOVING;

  /// What is written down.
  public String text() {
    return name().toLowerCase(Locale.ROOT) + "\n";
  }

  /// What was written down; nothing, or nothing that makes sense, means that the node stays.
  public static Departure of(String text) {
    for (Departure each : values()) {
      if (each.text().strip().equals(text.strip())) {
        return each;
      }
    }
    return STAYING;
  }

  /// Whether chunks are being handed over.
  public boolean isLeaving() {
    return this == LEAVING || this == LEAVING_FORCED;
  }
}
