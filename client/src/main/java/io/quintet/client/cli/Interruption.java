package io.quintet.client.cli;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExecutionException;

/// Ctrl-C while a command works: the working thread is interrupted and has some seconds to leave
/// everything in order, then the two lines of the failure are printed and the process ends with 128
/// plus the signal's number (130), as the Java runtime does by itself.
///
/// One instance serves one run of the command line.
public final class Interruption {
  private static final long TIDY_SECONDS_MAX = 5;

  /// Not yet interrupted.
  public Interruption() {}

  private volatile boolean requested;
  private volatile @Nullable UserException failure;

  /// Whether a signal asked this process to end.
  boolean requested() {
    return requested;
  }

  /// Runs `work` in this thread, guarded.
  ///
  /// @param report prints a failure; called in another thread, after `work` ended
  <T> T guard(Supplier<T> work, Consumer<UserException> report) {
    Thread worker = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> onShutdown(worker, done, report), "quintet-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } catch (RuntimeException e) {
      Throwable reason = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      failure = reason instanceof UserException user ? user : null;
      throw e;
    } finally {
      done.countDown();
      if (!requested) {
        remove(hook);
      }
    }
  }

  private void onShutdown(Thread worker, CountDownLatch done, Consumer<UserException> report) {
    requested = true;
    worker.interrupt();
    boolean tidy;
    try {
      tidy = done.await(TIDY_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tidy = false;
    }
    UserException last = failure;
    boolean explained = tidy && last != null && last.exitCode() == ExitCode.INTERRUPTED;
    report.accept(explained && last != null ? last : stopped());
  }

  private static UserException stopped() {
    return new UserException(
        ExitCode.INTERRUPTED,
        "interrupted before the end",
        "run the same command again; what nodes already keep is not sent twice");
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came this very moment: the hook runs, finds the work done and reports.
      Thread.onSpinWait();
    }
  }
}
