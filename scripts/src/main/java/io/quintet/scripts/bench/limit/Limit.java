package io.quintet.scripts.bench.limit;

/// One thing that the machine can do at best.
public enum Limit {
  /// Hashing 1 MiB messages.
  SHA_256_ONE("SHA-256, 1 thread", "MB/s"),
  /// The same on two threads together.
  SHA_256_TWO("SHA-256, 2 threads", "MB/s"),
  /// Encrypting 1 MiB messages after the JVM compiled the loop.
  AES_GCM_ONE("AES-256-GCM warm, 1 thread", "MB/s"),
  /// The same on two threads together.
  AES_GCM_TWO("AES-256-GCM warm, 2 threads", "MB/s"),
  /// Sending and receiving 1 MiB messages over one TCP connection within this process.
  LOOPBACK("loopback TCP copy", "MB/s"),
  /// 1 MiB files per second, each written, synced (fdatasync), renamed, its directory synced.
  DISK_ONE("durable 1 MiB files, 1 thread", "files/s"),
  /// The same on four threads together.
  DISK_FOUR("durable 1 MiB files, 4 threads", "files/s"),
  /// The same on eight threads together.
  DISK_EIGHT("durable 1 MiB files, 8 threads", "files/s"),
  /// The same on sixteen threads together.
  DISK_SIXTEEN("durable 1 MiB files, 16 threads", "files/s");

  private final String title;
  private final String unit;

  Limit(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /// What it is, for people.
  public String title() {
    return title;
  }

  /// What it is counted in; a MB is 1,000,000 bytes.
  public String unit() {
    return unit;
  }
}
