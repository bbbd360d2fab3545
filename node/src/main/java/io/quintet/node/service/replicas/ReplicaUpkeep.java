package io.quintet.node.service.replicas;

import io.quintet.node.work.WorkRunner;
import io.quintet.node.work.Worker;
import java.util.List;

/// Puts the watch, audits and repair together.
public final class ReplicaUpkeep {
  private final NodeWatch watch;
  private final AuditService audit;
  private final RepairService repair;
  private final WorkRunner runner;

  /// Nothing runs before [#workers] are started.
  ///
  /// @param selfPlace what this node shares with others that may fail together
  public ReplicaUpkeep(
      Ground ground, UpkeepSettings settings, String selfPlace, WorkRunner runner) {
    this.runner = runner;
    ReplicaBook book = new ReplicaBook();
    this.watch =
        new NodeWatch(
            ground,
            new NodeWatch.Pace(settings.watchInterval(), settings.memberRest()),
            this::countAgain);
    Surveyor surveyor =
        new Surveyor(
            watch,
            book,
            ground,
            new Surveyor.Settings(selfPlace, settings.repair().backOffMillisMax()));
    this.repair = new RepairService(ground, watch, book, surveyor, settings);
    this.audit = new AuditService(ground, watch, book, settings, this::countAgain);
  }

  private void countAgain() {
    RepairService known = repair;
    if (known != null) {
      known.surveySoon();
      runner.wake(known.name());
    }
  }

  /// The work to start once the node has joined the network.
  public List<Worker> workers() {
    return List.of(watch, repair, audit);
  }

  /// Starts an audit of all chunks now.
  ///
  /// @return the number of the pass
  public long auditNow() {
    long pass = audit.startPass();
    runner.wake(audit.name());
    return pass;
  }

  /// How many chunks have how many replicas.
  public ReplicaCount.Summary replicas() {
    return repair.summary();
  }
}
