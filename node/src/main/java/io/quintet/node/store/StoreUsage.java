package io.quintet.node.store;

/// How full a store is.
///
/// @param chunks how many chunks are stored
/// @param bytes the sum of their sizes
/// @param capacityBytes the configured limit, `Long.MAX_VALUE` when only the volume limits
/// @param freeBytes how many more bytes would be accepted now, never negative: what capacity,
///   reserve and uploads in flight leave
/// @param volumeBad whether a sync failed, so that nothing is written any more
public record StoreUsage(
    int chunks, long bytes, long capacityBytes, long freeBytes, boolean volumeBad) {}
