package io.quintet.node.repair;

/// What a node remembers of one chunk between two looks at it. Immutable.
///
/// @param shortSinceMillis since when this node has seen too few replicas, [#NEVER] if it has not
/// @param surplusSinceMillis since when it has seen too many, [#NEVER] if it has not
/// @param attempts how many attempts to repair it failed in a row
/// @param lastAttemptMillis when the last one failed, [#NEVER] if there is none
public record ChunkMemory(
    long shortSinceMillis, long surplusSinceMillis, int attempts, long lastAttemptMillis) {
  /// Not yet.
  public static final long NEVER = Long.MAX_VALUE;

  /// Nothing is remembered.
  public static final ChunkMemory NONE = new ChunkMemory(NEVER, NEVER, 0, NEVER);

  /// After a look at `now` that found `replicas` of the `wanted` ones.
  public ChunkMemory seen(long now, int replicas, int wanted) {
    long shortSince = replicas < wanted ? Math.min(now, shortSinceMillis) : NEVER;
    long surplusSince = replicas > wanted ? Math.min(now, surplusSinceMillis) : NEVER;
    return new ChunkMemory(
        shortSince,
        surplusSince,
        replicas < wanted ? attempts : 0,
        replicas < wanted ? lastAttemptMillis : NEVER);
  }

  /// After an attempt at `now` that did not bring all replicas.
  public ChunkMemory failed(long now) {
    return new ChunkMemory(shortSinceMillis, surplusSinceMillis, attempts + 1, now);
  }

  /// Whether there is nothing worth remembering.
  public boolean isNone() {
    return equals(NONE);
  }
}
