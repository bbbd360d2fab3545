package io.quintet.scripts.torture;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whether a signal ends this process. It ends the nodes, too, which is no promise broken.
final class Shutdown {
  /// A signal to a whole group of processes may reach the nodes first.
  private static final long NOTICED_MILLIS_MAX = 500;

  private final CountDownLatch begun = new CountDownLatch(1);

  private Shutdown() {}

  /// Notices from now on.
  static Shutdown watch() {
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown.begun::countDown));
    return shutdown;
  }

  /// Whether a failure of this moment has a signal behind it. Waits a little for one.
  boolean isBehindIt() {
    try {
      return begun.await(NOTICED_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
