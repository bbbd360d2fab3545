package io.quintet.node.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The faults that a system property asks for, see [Probe#PROPERTY].
final class PlannedFaults implements Probe {
  /// What a shell reports of a process that SIGKILL ended.
  private static final int KILLED = 137;

  private static final Logger LOG = LoggerFactory.getLogger(PlannedFaults.class);
  private static final long DELAY_SECONDS = 2;

  private final List<Planned> all;

  private PlannedFaults(List<Planned> all) {
    this.all = all;
  }

  private enum Action {
    KILL,
    ERROR,
    DELAY
  }

  private record Planned(String step, Action action, AtomicInteger passesLeft) {}

  static PlannedFaults parse(String text) {
    List<Planned> all = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      String[] parts = each.split(":", -1);
      boolean counted = parts.length == 3 && parts[2].matches("[1-9][0-9]{0,8}");
      if (parts.length != 2 && !counted) {
        throw new IllegalArgumentException(
            PROPERTY + ": '" + each + "' (expected: step:kill|error|delay[:n])");
      }
      // Kept as text: this runs while the enum is being made.
      String step = parts[0].toUpperCase(Locale.ROOT).replace('-', '_');
      Action action = Action.valueOf(parts[1].toUpperCase(Locale.ROOT));
      all.add(
          new Planned(step, action, new AtomicInteger(counted ? Integer.parseInt(parts[2]) : 1)));
    }
    return new PlannedFaults(List.copyOf(all));
  }

  @Override
  public void hit(Failpoint step) throws IOException {
    for (Planned planned : all) {
      if (planned.step.equals(step.name()) && planned.passesLeft.decrementAndGet() == 0) {
        act(step, planned.action);
      }
    }
  }

  // Nothing of the process may run after a kill: neither shutdown hooks nor finally blocks.
  private static void act(Failpoint step, Action action) throws IOException {
    // Whoever planned it wants to know that it came, though the process dies.
    LOG.warn("failpoint {}:{}", step.commandName(), action.name().toLowerCase(Locale.ROOT));
    switch (action) {
      case KILL -> Runtime.getRuntime().halt(KILLED);
      case ERROR -> throw new IOException("failpoint " + step.commandName());
      case DELAY -> {
        try {
          TimeUnit.SECONDS.sleep(DELAY_SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted at failpoint " + step.commandName(), e);
        }
      }
    }
  }
}
