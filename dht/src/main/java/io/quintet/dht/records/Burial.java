package io.quintet.dht.records;

/// What a node did with a tombstone that it was given.
public enum Burial {
  /// It held the chunk (now or before), the secret was right, and the chunk is gone for ever: the
  /// tombstone is on its disk, and only then the file went.
  DELETED,
  /// It never held the chunk. It keeps the tombstone, unproven, for those who do.
  KEPT,
  /// It holds the chunk, or deleted it, and the secret is wrong; or the chunk cannot be deleted by
  /// anybody.
  REFUSED,
  /// It could not: no room for tombstones, or a bad disk.
  FAILED
}
