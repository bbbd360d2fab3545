package io.quintet.scripts.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One node of a local cluster: who it is and which process it runs in.
///
/// @param number 1 and up, its place in the cluster
/// @param id the node's id
/// @param url the root of its HTTP API
/// @param pid its process, of which nothing may be assumed before [#handle] found it
/// @param startedMillis when that process started, by the wall clock of the system
/// @param dir its data directory
public record NodeProcess(
    int number, String id, String url, long pid, long startedMillis, Path dir) {
  // The start time is derived from the time of boot, which the system may correct by a second.
  private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

  /// When the process `pid` started; 0 when that cannot be known.
  static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /// The process, if it lives: a process of the same number that started at another time is someone
  /// else's and is not returned.
  public Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> Math.abs(startOf(process) - startedMillis) <= CLOCK_TOLERANCE_MILLIS);
  }

  /// Whether its process lives.
  public boolean isAlive() {
    return handle().isPresent();
  }

  /// The root of its HTTP API.
  public URI uri() {
    return URI.create(url);
  }
}
