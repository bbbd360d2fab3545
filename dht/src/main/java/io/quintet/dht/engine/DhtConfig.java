package io.quintet.dht.engine;

/// What can be tuned in a [DhtEngine]; immutable and validated. Change a value by [#toBuilder].
///
/// @param k bucket size and width of a lookup (Kademlia, section 2.2)
/// @param alpha how many nodes a lookup asks at a time on each path (Kademlia, section 2.3)
/// @param recordCopies on how many of the nodes closest to a key a provider announces itself
/// @param keysPerCallMax keys in one find-value or store
/// @param providersPerKeyMax provider records per key
/// @param contactsPerHostPerBucketMax contacts of one host in one bucket (loopback is exempt)
/// @param replacementsPerBucketMax contacts that wait for a place in a full bucket
/// @param findTimeoutMillis after which a find-node or find-value counts as unanswered while it is
///   not known how long the node's answers take; later between half of it and twice as much
/// @param pingTimeoutMillis after which a ping counts as unanswered at the latest
/// @param storeTimeoutMillis after which a store counts as unanswered (the receiver may ping first)
/// @param pingAttempts unanswered pings in a row after which a contact is dead
/// @param pingRetryDelayMillis from one of these to the next at least
/// @param recordTtlMillis how long a provider record lives without being announced again
/// @param republishIntervalMillis in which every own key is announced once
/// @param announceDelayMillis how long new keys wait for others to be announced with
/// @param announceGapMillis between two announcements of new keys
/// @param refreshIntervalMillis after which an untouched bucket is refreshed
/// @param probeIntervalMillis after which a contact that was not heard of is pinged
/// @param wordMillisMax how long after its last answer a contact's HELLOs count as being heard of
/// @param probeGapMillis between two such pings, so that a large table costs no more
/// @param lookupRpcsMax calls that one lookup may make
/// @param lookupsActiveMax lookups that run at a time; more wait
/// @param queriesWaitingMax queries that wait; more are answered from the table at once
/// @param proofsPendingMax pings of unknown contacts that are open at a time
/// @param storesHeldMax stores that wait for the proof of their sender
/// @param recordsMax provider records in all
/// @param recordsPerSenderMax provider records of one provider
public record DhtConfig(
    int k,
    int alpha,
    int recordCopies,
    int keysPerCallMax,
    int providersPerKeyMax,
    int contactsPerHostPerBucketMax,
    int replacementsPerBucketMax,
    long findTimeoutMillis,
    long pingTimeoutMillis,
    long storeTimeoutMillis,
    int pingAttempts,
    long pingRetryDelayMillis,
    long recordTtlMillis,
    long republishIntervalMillis,
    long announceDelayMillis,
    long announceGapMillis,
    long refreshIntervalMillis,
    long probeIntervalMillis,
    long wordMillisMax,
    long probeGapMillis,
    int lookupRpcsMax,
    int lookupsActiveMax,
    int queriesWaitingMax,
    int proofsPendingMax,
    int storesHeldMax,
    int recordsMax,
    int recordsPerSenderMax) {

  private static final long HOUR = 3_600_000;
  private static final long YEAR = 365 * 24 * HOUR;

  /// Refuses values that cannot work, naming the value and what was expected.
  public DhtConfig {
    check("k", k, 1, 256);
    check("alpha", alpha, 1, 64);
    check("recordCopies", recordCopies, 1, k);
    check("keysPerCallMax", keysPerCallMax, 1, 10_000);
    check("providersPerKeyMax", providersPerKeyMax, 1, 1_024);
    check("contactsPerHostPerBucketMax", contactsPerHostPerBucketMax, 1, 256);
    check("replacementsPerBucketMax", replacementsPerBucketMax, 0, 256);
    check("findTimeoutMillis", findTimeoutMillis, 1, HOUR);
    check("pingTimeoutMillis", pingTimeoutMillis, 1, HOUR);
    check("storeTimeoutMillis", storeTimeoutMillis, 1, HOUR);
    check("pingAttempts", pingAttempts, 1, 16);
    check("pingRetryDelayMillis", pingRetryDelayMillis, 1, HOUR);
    check("recordTtlMillis", recordTtlMillis, 1_000, YEAR);
    check("republishIntervalMillis", republishIntervalMillis, 100, YEAR);
    check("announceDelayMillis", announceDelayMillis, 0, HOUR);
    check("announceGapMillis", announceGapMillis, 1, HOUR);
    check("refreshIntervalMillis", refreshIntervalMillis, 1_000, YEAR);
    check("probeIntervalMillis", probeIntervalMillis, 100, YEAR);
    check("wordMillisMax", wordMillisMax, 0, YEAR);
    check("probeGapMillis", probeGapMillis, 1, YEAR);
    check("lookupRpcsMax", lookupRpcsMax, 1, 100_000);
    check("lookupsActiveMax", lookupsActiveMax, 1, 100_000);
    check("queriesWaitingMax", queriesWaitingMax, 0, 1_000_000);
    check("proofsPendingMax", proofsPendingMax, 1, 100_000);
    check("storesHeldMax", storesHeldMax, 0, 100_000);
    check("recordsMax", recordsMax, 0, 100_000_000);
    check("recordsPerSenderMax", recordsPerSenderMax, 0, 100_000_000);
  }

  /// What production runs with.
  public static DhtConfig defaults() {
    return new DhtConfigBuilder().build();
  }

  /// A builder that starts from these values.
  public DhtConfigBuilder toBuilder() {
    return new DhtConfigBuilder(this);
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + min + ".." + max + ")");
    }
  }
}
