package io.quintet.dht.sim;

/// Steady churn: nodes die at 20 % per hour, each replaced by a newcomer at once, after exponential
/// times, so that every second is alike.
final class Deaths {
  private static final double PER_HOUR = 0.2;

  private final Stage stage;
  private final double perMilli;
  private long next;

  Deaths(Stage stage) {
    this.stage = stage;
    this.perMilli = PER_HOUR * stage.nodes / 3_600_000;
    this.next = stage.world.now() + pause();
  }

  /// Runs the world until `time`, with all deaths until then.
  void until(long time) {
    while (next <= time) {
      stage.world.runUntil(next);
      stage.world.crash(stage.anyLiveIndex(stage.deaths));
      stage.world.start(stage.anyLive(stage.joins));
      next += pause();
    }
    stage.world.runUntil(time);
  }

  private long pause() {
    return 1 + Math.round(-Math.log(1 - stage.deaths.nextDouble()) / perMilli);
  }
}
