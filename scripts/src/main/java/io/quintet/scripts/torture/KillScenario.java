package io.quintet.scripts.torture;

/// `kill -9` at a random moment while chunks are being put.
final class KillScenario implements Scenario {
  private static final int WRITERS = 4;
  private static final int ALIVE_MILLIS_MAX = 700;

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String what() {
    return "a node is killed at a random moment while four writers put and delete chunks; after its"
        + " restart every acknowledged chunk is read back bit for bit and no deleted one";
  }

  @Override
  public void run(Trial trial) throws Exception {
    Acknowledged acknowledged = new Acknowledged();
    Victim node = trial.arena().node(trial.arena().path("killed"), "--reserve", "1B");
    node.start(trial);
    while (trial.more()) {
      Writers writers = Writers.start(node.url(), acknowledged, trial.random(), WRITERS, 1 << 20);
      int before = acknowledged.count();
      trial.await("the first chunk of a round", 60, () -> acknowledged.count() > before);
      trial.pause(20 + trial.random().nextInt(ALIVE_MILLIS_MAX));
      node.kill();
      trial.count("kills", 1);
      trial.count("refused", writers.stop());
      node.start(trial);
      acknowledged.checkRecent(trial, node.url());
    }
    acknowledged.checkAll(trial, node.url());
    trial.figure("acknowledged", acknowledged.count());
    trial.figure("deleted", acknowledged.deletedCount());
    trial.figure("damaged copies", node.quarantined());
    trial.require(node.quarantined() == 0, "a kill left damaged copies");
  }
}
