package io.quintet.node.store;

/// What a store did with a deletion.
public enum Deletion {
  /// It held the chunk, the secret was right, and now the chunk is gone and its tombstone durable.
  DELETED,
  /// The same had happened before.
  DELETED_BEFORE,
  /// The secret is not that of the chunk that it holds, or deleted.
  WRONG_SECRET,
  /// It holds the chunk, but the chunk has no header: nobody can delete it.
  NO_CAPABILITY,
  /// It neither holds the chunk nor deleted it.
  UNKNOWN
}
