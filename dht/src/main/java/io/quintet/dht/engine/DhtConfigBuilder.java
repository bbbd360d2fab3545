package io.quintet.dht.engine;

/// Makes a [DhtConfig] from the values of production, or of another configuration, and what is set
/// here. The names are those of the record, whose documentation has their meaning and units.
public final class DhtConfigBuilder {
  private static final long MINUTE = 60_000;

  private int k = 20;
  private int alpha = 3;
  private int recordCopies = 8;
  private int keysPerCallMax = 1_000;
  private int providersPerKeyMax = 32;
  private int contactsPerHostPerBucketMax = 4;
  private int replacementsPerBucketMax = 4;
  private long findTimeoutMillis = 1_000;
  private long pingTimeoutMillis = 1_500;
  private long storeTimeoutMillis = 5_000;
  private int pingAttempts = 4;
  private long pingRetryDelayMillis = 500;
  private long recordTtlMillis = 30 * MINUTE;
  private long republishIntervalMillis = 10 * MINUTE;
  private long announceDelayMillis = 100;
  private long announceGapMillis = 500;
  private long refreshIntervalMillis = 30 * MINUTE;
  private long probeIntervalMillis = 5_000;
  private long wordMillisMax = MINUTE;
  private long probeGapMillis = 180;
  private int lookupRpcsMax = 256;
  private int lookupsActiveMax = 64;
  private int queriesWaitingMax = 1_024;
  private int proofsPendingMax = 256;
  private int storesHeldMax = 64;
  private int recordsMax = 1_000_000;
  private int recordsPerSenderMax = 250_000;

  /// Starts from the values of production.
  public DhtConfigBuilder() {}

  DhtConfigBuilder(DhtConfig config) {
    k = config.k();
    alpha = config.alpha();
    recordCopies = config.recordCopies();
    keysPerCallMax = config.keysPerCallMax();
    providersPerKeyMax = config.providersPerKeyMax();
    contactsPerHostPerBucketMax = config.contactsPerHostPerBucketMax();
    replacementsPerBucketMax = config.replacementsPerBucketMax();
    findTimeoutMillis = config.findTimeoutMillis();
    pingTimeoutMillis = config.pingTimeoutMillis();
    storeTimeoutMillis = config.storeTimeoutMillis();
    pingAttempts = config.pingAttempts();
    pingRetryDelayMillis = config.pingRetryDelayMillis();
    recordTtlMillis = config.recordTtlMillis();
    republishIntervalMillis = config.republishIntervalMillis();
    announceDelayMillis = config.announceDelayMillis();
    announceGapMillis = config.announceGapMillis();
    refreshIntervalMillis = config.refreshIntervalMillis();
    probeIntervalMillis = config.probeIntervalMillis();
    wordMillisMax = config.wordMillisMax();
    probeGapMillis = config.probeGapMillis();
    lookupRpcsMax = config.lookupRpcsMax();
    lookupsActiveMax = config.lookupsActiveMax();
    queriesWaitingMax = config.queriesWaitingMax();
    proofsPendingMax = config.proofsPendingMax();
    storesHeldMax = config.storesHeldMax();
    recordsMax = config.recordsMax();
    recordsPerSenderMax = config.recordsPerSenderMax();
  }

  /// Sets [DhtConfig#k].
  public DhtConfigBuilder k(int value) {
    k = value;
    return this;
  }

  /// Sets [DhtConfig#alpha].
  public DhtConfigBuilder alpha(int value) {
    alpha = value;
    return this;
  }

  /// Sets [DhtConfig#recordCopies].
  public DhtConfigBuilder recordCopies(int value) {
    recordCopies = value;
    return this;
  }

  /// Sets [DhtConfig#keysPerCallMax].
  public DhtConfigBuilder keysPerCallMax(int value) {
    keysPerCallMax = value;
    return this;
  }

  /// Sets [DhtConfig#providersPerKeyMax].
  public DhtConfigBuilder providersPerKeyMax(int value) {
    providersPerKeyMax = value;
    return this;
  }

  /// Sets [DhtConfig#contactsPerHostPerBucketMax].
  public DhtConfigBuilder contactsPerHostPerBucketMax(int value) {
    contactsPerHostPerBucketMax = value;
    return this;
  }

  /// Sets [DhtConfig#replacementsPerBucketMax].
  public DhtConfigBuilder replacementsPerBucketMax(int value) {
    replacementsPerBucketMax = value;
    return this;
  }

  /// Sets [DhtConfig#findTimeoutMillis].
  public DhtConfigBuilder findTimeoutMillis(long value) {
    findTimeoutMillis = value;
    return this;
  }

  /// Sets [DhtConfig#pingTimeoutMillis].
  public DhtConfigBuilder pingTimeoutMillis(long value) {
    pingTimeoutMillis = value;
    return this;
  }

  /// Sets [DhtConfig#storeTimeoutMillis].
  public DhtConfigBuilder storeTimeoutMillis(long value) {
    storeTimeoutMillis = value;
    return this;
  }

  /// Sets [DhtConfig#pingAttempts].
  public DhtConfigBuilder pingAttempts(int value) {
    pingAttempts = value;
    return this;
  }

  /// Sets [DhtConfig#pingRetryDelayMillis].
  public DhtConfigBuilder pingRetryDelayMillis(long value) {
    pingRetryDelayMillis = value;
    return this;
  }

  /// Sets [DhtConfig#recordTtlMillis].
  public DhtConfigBuilder recordTtlMillis(long value) {
    recordTtlMillis = value;
    return this;
  }

  /// Sets [DhtConfig#republishIntervalMillis].
  public DhtConfigBuilder republishIntervalMillis(long value) {
    republishIntervalMillis = value;
    return this;
  }

  /// Sets [DhtConfig#announceDelayMillis].
  public DhtConfigBuilder announceDelayMillis(long value) {
    announceDelayMillis = value;
    return this;
  }

  /// Sets [DhtConfig#announceGapMillis].
  public DhtConfigBuilder announceGapMillis(long value) {
    announceGapMillis = value;
    return this;
  }

  /// Sets [DhtConfig#refreshIntervalMillis].
  public DhtConfigBuilder refreshIntervalMillis(long value) {
    refreshIntervalMillis = value;
    return this;
  }

  /// Sets [DhtConfig#probeIntervalMillis].
  public DhtConfigBuilder probeIntervalMillis(long value) {
    probeIntervalMillis = value;
    return this;
  }

  /// Sets [DhtConfig#wordMillisMax].
  public DhtConfigBuilder wordMillisMax(long value) {
    wordMillisMax = value;
    return this;
  }

  /// Sets [DhtConfig#probeGapMillis].
  public DhtConfigBuilder probeGapMillis(long value) {
    probeGapMillis = value;
    return this;
  }

  /// Sets [DhtConfig#lookupRpcsMax].
  public DhtConfigBuilder lookupRpcsMax(int value) {
    lookupRpcsMax = value;
    return this;
  }

  /// Sets [DhtConfig#lookupsActiveMax].
  public DhtConfigBuilder lookupsActiveMax(int value) {
    lookupsActiveMax = value;
    return this;
  }

  /// Sets [DhtConfig#queriesWaitingMax].
  public DhtConfigBuilder queriesWaitingMax(int value) {
    queriesWaitingMax = value;
    return this;
  }

  /// Sets [DhtConfig#proofsPendingMax].
  public DhtConfigBuilder proofsPendingMax(int value) {
    proofsPendingMax = value;
    return this;
  }

  /// Sets [DhtConfig#storesHeldMax].
  public DhtConfigBuilder storesHeldMax(int value) {
    storesHeldMax = value;
    return this;
  }

  /// Sets [DhtConfig#recordsMax].
  public DhtConfigBuilder recordsMax(int value) {
    recordsMax = value;
    return this;
  }

  /// Sets [DhtConfig#recordsPerSenderMax].
  public DhtConfigBuilder recordsPerSenderMax(int value) {
    recordsPerSenderMax = value;
    return this;
  }

  /// The configuration.
  ///
  /// @throws IllegalArgumentException when a value cannot work
  public DhtConfig build() {
    return new DhtConfig(
        k,
        alpha,
        recordCopies,
        keysPerCallMax,
        providersPerKeyMax,
        contactsPerHostPerBucketMax,
        replacementsPerBucketMax,
        findTimeoutMillis,
        pingTimeoutMillis,
        storeTimeoutMillis,
        pingAttempts,
        pingRetryDelayMillis,
        recordTtlMillis,
        republishIntervalMillis,
        announceDelayMillis,
        announceGapMillis,
        refreshIntervalMillis,
        probeIntervalMillis,
        wordMillisMax,
        probeGapMillis,
        lookupRpcsMax,
        lookupsActiveMax,
        queriesWaitingMax,
        proofsPendingMax,
        storesHeldMax,
        recordsMax,
        recordsPerSenderMax);
  }
}
