package io.quintet.scripts.torture;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A node that takes chunks, what it acknowledged, and whether it can be asked for it now.
///
/// One thread hurts it; a [Checker] may look at the same time.
final class Target {
  private static final int SIZE_MAX = 256 << 10;
  private static final int PAUSE_MILLIS = 60;
  private static final int DELETED_CHECKED_MAX = 2_000;

  private final Victim node;
  private final Acknowledged acknowledged = new Acknowledged();
  private @Nullable Writers writers;
  private int countAtStart;
  private int epoch;
  private String url = "";

  /// @param node that runs
  Target(Victim node) {
    this.node = node;
  }

  Victim node() {
    return node;
  }

  /// Lets a writer work on the node, which is ready.
  void resume(Trial trial) {
    countAtStart = acknowledged.count() + acknowledged.deletedCount();
    writers =
        Writers.startGently(
            node.url(),
            acknowledged,
            new Random(trial.random().nextLong()),
            PAUSE_MILLIS,
            SIZE_MAX);
    open();
  }

  private synchronized void open() {
    url = node.url();
  }

  /// Waits until the node has acknowledged something since [#resume].
  void awaitProgress(Trial trial) throws Exception {
    trial.await(
        "the first chunk of a round",
        60,
        () -> acknowledged.count() + acknowledged.deletedCount() != countAtStart);
  }

  /// Kills the node.
  void kill() throws Exception {
    close();
    node.kill();
  }

  private synchronized void close() {
    epoch++;
    url = "";
  }

  /// Ends the writer.
  void pause(Trial trial) throws InterruptedException {
    Writers working = writers;
    if (working != null) {
      trial.count("refused", working.stop());
    }
  }

  void checkRecent(Trial trial) throws BrokenPromiseException {
    acknowledged.checkRecent(trial, node.url());
  }

  /// Reads everything back, and sees that nothing is damaged.
  void checkAll(Trial trial) throws Exception {
    acknowledged.checkAll(trial, node.url(), DELETED_CHECKED_MAX);
    trial.require(node.quarantined() == 0, "a kill left damaged copies");
  }

  long acknowledged() {
    return acknowledged.count();
  }

  long deleted() {
    return acknowledged.deletedCount();
  }

  /// Reads one random chunk, if the node can be asked; what happens around a kill does not count.
  ///
  /// @return what is wrong, empty when nothing is; null when nothing was asked
  @Nullable String checkOne(Random random) {
    int before;
    String at;
    synchronized (this) {
      before = epoch;
      at = url;
    }
    String wrong = at.isEmpty() ? null : acknowledged.checkOne(random, at);
    synchronized (this) {
      return before == epoch ? wrong : null;
    }
  }
}
