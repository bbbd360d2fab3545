package io.quintet.dht.upkeep;

/// How fast, how much at a time and to how many [RegionRepublish] announces.
///
/// @param k width of a lookup
/// @param copies nodes that are told of a key
/// @param keysPerCallMax keys in one call
/// @param intervalMillis in which every key is announced once
/// @param announceDelayMillis how long new keys wait for others to be announced with
/// @param announceGapMillis between two announcements of new keys
public record RepublishPace(
    int k,
    int copies,
    int keysPerCallMax,
    long intervalMillis,
    long announceDelayMillis,
    long announceGapMillis) {}
