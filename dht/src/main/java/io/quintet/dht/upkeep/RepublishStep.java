package io.quintet.dht.upkeep;

import io.quintet.dht.id.Key;

/// What [RegionRepublish] wants.
public sealed interface RepublishStep {
  /// Look `target` up, then call [RegionRepublish#found].
  record Find(Key target) implements RepublishStep {}

  /// Make this call, then call [RegionRepublish#stored].
  record Store(StoreBatch batch) implements RepublishStep {}

  /// Nothing before an event, or `untilMillis`, whichever is first.
  record Wait(long untilMillis) implements RepublishStep {}
}
