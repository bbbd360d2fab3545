package io.quintet.scripts.torture;

import java.nio.file.Files;
import java.util.Optional;

/// A small disk that fills up: by bytes and by inodes.
final class FullScenario implements Scenario {
  private static final long MIB = 1 << 20;
  private static final long RESERVE = 2 * MIB;
  private static final int PUTS_MAX = 2_000;

  @Override
  public String name() {
    return "full";
  }

  @Override
  public String what() {
    return "chunks are put until the disk has no room, or no inodes: 507 before the reserve is"
        + " touched, and everything acknowledged is still read, also after a restart";
  }

  @Override
  public Optional<String> obstacle() {
    return Disk.obstacle(false);
  }

  @Override
  public void run(Trial trial) throws Exception {
    while (trial.more()) {
      fill(trial, "bytes", "size=8m", 1 << 20);
      fill(trial, "inodes", "size=64m,nr_inodes=340", 640);
    }
  }

  private static void fill(Trial trial, String kind, String options, int sizeMax) throws Exception {
    String name = kind + "-" + trial.rounds();
    try (Disk disk = Disk.inMemory(trial.arena(), name, options)) {
      Victim node = trial.arena().node(disk.at(), "--reserve", RESERVE + "B");
      node.start(trial);
      Acknowledged acknowledged = new Acknowledged();
      int status = 201;
      for (int i = 0; i < PUTS_MAX && status != 507; i++) {
        Blob blob = Blob.draw(trial.random(), sizeMax);
        status = ChunkCalls.put(node.url(), blob.bytes());
        trial.require(status == 201 || status == 507, kind + ": PUT answers " + status);
        if (status == 201) {
          acknowledged.add(blob);
        }
      }
      trial.require(status == 507, kind + ": the disk is full in the end");
      long free = Files.getFileStore(disk.at()).getUsableSpace();
      trial.require(free >= RESERVE, kind + ": the reserve is whole, free: " + free);
      Blob unwanted = deletable(trial, acknowledged);
      status = ChunkCalls.delete(node.url(), unwanted);
      trial.require(status == 204, kind + ": DELETE on a full disk answers " + status);
      acknowledged.deleted(unwanted);
      acknowledged.checkAll(trial, node.url());
      String any = Blob.id(acknowledged.all().getFirst().bytes());
      status = ChunkCalls.proof(node.url(), any);
      trial.require(status == 200, kind + ": a proof on a full disk answers " + status);
      trial.require(node.isAlive(), "the node lives");
      trial.require(node.status().path("volume").asText().equals("ok"), "full is not bad");
      node.kill();
      if (kind.equals("bytes")) {
        node.start(trial);
        acknowledged.checkAll(trial, node.url());
        node.kill();
      }
      trial.count("acknowledged until full", acknowledged.count());
    }
  }

  private static Blob deletable(Trial trial, Acknowledged acknowledged) throws Exception {
    for (int i = 0; i < PUTS_MAX; i++) {
      Blob blob = acknowledged.beginDeletion(trial.random());
      if (blob != null) {
        return blob;
      }
    }
    throw new BrokenPromiseException("nothing deletable was put, so nothing was tried");
  }
}
