package io.quintet.scripts.torture;

import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two halves of a cluster that cannot reach each other for a while, and then can again.
final class PartitionScenario implements Scenario {
  private static final int HALF = 4;
  private static final int FILE_BYTES = 3_300_000;
  private static final int FIRST_GROUP = 64_100;
  private static final int DEGRADED = 5;

  private final List<List<Victim>> halves = new ArrayList<>();

  @Override
  public String name() {
    return "partition";
  }

  @Override
  public String what() {
    return "eight nodes fall apart into two halves (nftables); each half still gives back all"
        + " files that were put before, and takes new ones, with fewer copies; when they are one"
        + " again, the nodes find each other and every file comes back on either side";
  }

  @Override
  public Optional<String> obstacle() {
    return Firewall.obstacle();
  }

  @Override
  public void run(Trial trial) throws Exception {
    halves.clear();
    List<Victim> all = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      List<Victim> nodes =
          trial
              .arena()
              .clusterOf(trial, "half-" + half, HALF, Firewall.inGroup(FIRST_GROUP + half));
      halves.add(nodes);
      all.addAll(nodes);
    }
    trial.arena().awaitMeeting(trial, all);
    List<String> files = new ArrayList<>();
    // With five copies on eight nodes each half has one. What one half took alone it has alone,
    // until the nodes have been one again for as long as the grace for a missing copy.
    List<String> everywhere = new ArrayList<>();
    while (trial.more()) {
      String before = put(trial, 0, "before-" + trial.rounds(), 0);
      files.add(before);
      everywhere.add(before);
      try (Firewall wall = Firewall.between(FIRST_GROUP, trial.arena().udpPort(), halves)) {
        for (int half = 0; half < 2; half++) {
          for (String file : everywhere) {
            get(trial, half, file);
          }
        }
        String left = put(trial, 0, "left-" + trial.rounds(), DEGRADED);
        String right = put(trial, 1, "right-" + trial.rounds(), DEGRADED);
        get(trial, 0, left);
        get(trial, 1, right);
        files.add(left);
        files.add(right);
        for (Victim node : all) {
          trial.await("the halves know it", 180, () -> node.members() < all.size() - 1);
        }
        trial.count("packets dropped", wall.dropped());
      }
      trial.arena().awaitMeeting(trial, all);
      for (int half = 0; half < 2; half++) {
        for (String file : files) {
          get(trial, half, file);
        }
      }
    }
  }

  private String put(Trial trial, int half, String name, int expected) throws Exception {
    byte[] content = new byte[FILE_BYTES];
    trial.random().nextBytes(content);
    Files.write(trial.arena().path(name), content);
    int status = run(trial, half, "put", name, "-o", name + ".manifest");
    trial.require(status == expected, "put on half " + half + " ended with " + status);
    return name;
  }

  private void get(Trial trial, int half, String name) throws Exception {
    int status = run(trial, half, "get", name + ".manifest", "-o", "out", "--force");
    trial.require(status == 0, "get of " + name + " on half " + half + " ended with " + status);
    long differs = Files.mismatch(trial.arena().path(name), trial.arena().path("out"));
    trial.require(differs < 0, name + " comes back as it was");
    trial.count("files got back", 1);
  }

  /// Runs a command on one half; beacons do not get through, so it is told of a node there.
  private int run(Trial trial, int half, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    String node = halves.get(half).getFirst().url();
    all.addAll(List.of("--bootstrap", URI.create(node).getAuthority()));
    return trial
        .arena()
        .runBehind(Firewall.inGroup(FIRST_GROUP + half), all.toArray(String[]::new));
  }
}
