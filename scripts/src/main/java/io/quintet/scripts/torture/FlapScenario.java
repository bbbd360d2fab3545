package io.quintet.scripts.torture;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Nodes that die and come back, and nodes that freeze, while a client puts files.
final class FlapScenario implements Scenario {
  private static final int NODES = 7;
  private static final int FILE_BYTES = 2_200_000;

  @Override
  public String name() {
    return "flap";
  }

  @Override
  public String what() {
    return "of seven nodes two at a time are killed, restarted or frozen while a client puts files;"
        + " every file whose put succeeded comes back bit for bit";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, NODES, "--reserve", "1B");
    List<String> stored = new ArrayList<>();
    while (trial.more()) {
      Victim killed = nodes.get(trial.random().nextInt(NODES));
      Victim frozen = nodes.get(trial.random().nextInt(NODES));
      byte[] content = new byte[FILE_BYTES];
      trial.random().nextBytes(content);
      String name = "file-" + trial.rounds();
      Files.write(trial.arena().path(name), content);
      int pause = trial.random().nextInt(1_500);
      Thread trouble =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  trial.pause(pause);
                  if (frozen != killed) {
                    frozen.signal("STOP");
                  }
                  killed.kill();
                } catch (Exception e) {
                  throw new IllegalStateException("no trouble could be made", e);
                }
              });
      int status = trial.arena().run("put", name, "-o", name + ".manifest", "--force");
      trouble.join();
      trial.count("puts that ended with " + status, 1);
      if (status == 0 || status == 5) {
        stored.add(name);
        get(trial, stored.get(trial.random().nextInt(stored.size())));
      }
      if (frozen != killed) {
        frozen.signal("CONT");
      }
      killed.begin(Map.of());
      killed.awaitReady(trial);
    }
    trial.arena().awaitMeeting(trial, nodes);
    for (String name : stored) {
      get(trial, name);
    }
    trial.require(!stored.isEmpty(), "no put succeeded, so nothing was tried");
  }

  private static void get(Trial trial, String name) throws Exception {
    trial.arena().succeed(trial, "get", name + ".manifest", "-o", "out", "--force");
    long differs = Files.mismatch(trial.arena().path(name), trial.arena().path("out"));
    trial.require(differs < 0, name + " comes back as it was");
    trial.count("files got back", 1);
  }
}
