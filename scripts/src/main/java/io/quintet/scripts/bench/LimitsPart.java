package io.quintet.scripts.bench;

import io.quintet.scripts.bench.limit.Limit;
import java.io.IOException;

/// `scripts/bench limits`: all of them, also those that no other part asked for.
final class LimitsPart {
  private LimitsPart() {}

  static void run(Setting setting) throws IOException, InterruptedException {
    setting.report().begin("limits of this machine");
    for (Limit limit : Limit.values()) {
      setting.limit(limit);
    }
  }
}
