package io.quintet.scripts.bench;

import io.quintet.scripts.bench.limit.Limit;
import io.quintet.scripts.bench.limit.Limits;
import io.quintet.scripts.cluster.Launcher;
import java.io.IOException;

/// What every part works with.
///
/// @param transferBytes how large the file is that is put and got
/// @param nodes how many node processes take part
record Setting(
    Report report,
    Limits limits,
    Workplace workplace,
    Launcher launcher,
    long transferBytes,
    int nodes) {
  double limit(Limit limit) throws IOException, InterruptedException {
    return limits.of(limit);
  }
}
