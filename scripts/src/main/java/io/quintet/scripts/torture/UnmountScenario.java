package io.quintet.scripts.torture;

import java.nio.file.Path;
import java.util.Optional;

/// The disk of a store taken away under its node, and brought back.
final class UnmountScenario implements Scenario {
  @Override
  public String name() {
    return "unmount";
  }

  @Override
  public String what() {
    return "the disk of a store is unmounted under its node: nothing is forgotten, nothing is"
        + " written elsewhere, and with the disk back a restart serves every acknowledged chunk";
  }

  @Override
  public Optional<String> obstacle() {
    return Disk.obstacle(true);
  }

  @Override
  public void run(Trial trial) throws Exception {
    Path image = trial.arena().path("removable.img");
    Acknowledged acknowledged = new Acknowledged();
    while (trial.more()) {
      Victim node;
      try (Disk disk = Disk.ofImage(trial.arena(), "removable", image, 64)) {
        node = trial.arena().node(disk.at().resolve("data"), "--reserve", "1B");
        node.start(trial);
        for (int i = 0; i < 5; i++) {
          Blob blob = Blob.draw(trial.random(), 1 << 20);
          trial.require(ChunkCalls.put(node.url(), blob.bytes()) == 201, "PUT with the disk");
          acknowledged.add(blob);
        }
        acknowledged.checkAll(trial, node.url());
      }
      int known = node.status().path("chunks").asInt(-1);
      for (Blob blob : acknowledged.all()) {
        int status = ChunkCalls.get(node.url(), "/chunk/" + Blob.id(blob.bytes())).status();
        trial.require(status >= 500, "GET without the disk answers " + status);
      }
      int put = ChunkCalls.put(node.url(), new Blob(trial.rounds(), 9).bytes());
      trial.require(put == 507, "PUT without the disk answers " + put);
      int still = node.status().path("chunks").asInt(-2);
      trial.require(known == still, "it forgets nothing: " + known + " chunks, then " + still);
      trial.require(node.status().path("volume").asText().equals("bad"), "the volume is bad");
      trial.require(!java.nio.file.Files.exists(node.data()), "nothing is written elsewhere");
      node.kill();
    }
    try (Disk disk = Disk.ofImage(trial.arena(), "removable", image, 64)) {
      Victim node = trial.arena().node(disk.at().resolve("data"), "--reserve", "1B");
      node.start(trial);
      acknowledged.checkAll(trial, node.url());
      node.kill();
    }
    trial.figure("acknowledged", acknowledged.count());
  }
}
