package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// What a power cut leaves: the disk as it is at one moment, without what the kernel holds back.
///
/// The node's disk is an ext4 file system in a file. The file holds exactly what a disk without a
/// cache of its own would hold. It is copied while the node is stopped in mid-work (and again until
/// two readings agree, as the kernel's own threads go on), and the copy is mounted, which replays
/// its journal. The node goes on as if nothing had been.
final class PowerCutScenario implements Scenario {
  private static final int DISK_MEGABYTES = 192;
  private static final long FULL_BYTES = 96L << 20;
  private static final int WRITERS = 4;
  private static final int SIZE_MAX = 256 << 10;
  private static final int COPIES_MAX = 50;
  private static final int START_EVERY = 10;

  @Override
  public String name() {
    return "power-cut";
  }

  @Override
  public String what() {
    return "the ext4 image under a node is copied while the node acknowledges chunks; on the"
        + " mounted copy every chunk acknowledged before is there bit for bit, and none"
        + " whose deletion was";
  }

  @Override
  public Length whole() {
    return new Length(100, 3_600);
  }

  @Override
  public Optional<String> obstacle() {
    return Disk.obstacle(true);
  }

  @Override
  public void run(Trial trial) throws Exception {
    int epoch = 0;
    boolean again = trial.more();
    while (again) {
      again = onOneDisk(trial, epoch++);
    }
  }

  /// Cuts the power until the disk is rather full; returns whether to go on with a fresh one.
  private static boolean onOneDisk(Trial trial, int epoch) throws Exception {
    Path image = trial.arena().path("disk-" + epoch + ".img");
    try (Disk disk = Disk.ofImage(trial.arena(), "disk-" + epoch, image, DISK_MEGABYTES)) {
      Victim node = trial.arena().node(disk.at().resolve("data"), "--reserve", "1B");
      node.start(trial);
      Acknowledged acknowledged = new Acknowledged();
      boolean again = true;
      long bytes = 0;
      while (again && bytes < FULL_BYTES) {
        cut(trial, node, acknowledged, image);
        bytes = acknowledged.all().stream().mapToLong(Blob::size).sum();
        again = trial.more();
      }
      node.kill();
      trial.count("acknowledged", acknowledged.count());
      trial.count("deleted", acknowledged.deletedCount());
      return again;
    } finally {
      Files.deleteIfExists(image);
    }
  }

  private static void cut(Trial trial, Victim node, Acknowledged acknowledged, Path image)
      throws Exception {
    Writers writers = Writers.start(node.url(), acknowledged, trial.random(), WRITERS, SIZE_MAX);
    int already = acknowledged.count();
    trial.await("the first chunk of a round", 60, () -> acknowledged.count() > already);
    trial.pause(20 + trial.random().nextInt(400));
    List<Blob> before = acknowledged.all();
    final List<Blob> deletedBefore = acknowledged.deleted();
    Path copy = trial.arena().path("after-the-cut.img");
    node.signal("STOP");
    try {
      copyAtOneMoment(image, copy);
      // Of what somebody began to delete in between, nothing is required.
      before = acknowledged.stillIn(before);
    } finally {
      node.signal("CONT");
    }
    trial.count("refused", writers.stop());
    trial.count("power cuts", 1);
    try (Disk after = Disk.ofImage(trial.arena(), "after-the-cut", copy, DISK_MEGABYTES)) {
      Victim reborn = trial.arena().node(after.at().resolve("data")).alone();
      Acknowledged.checkFiles(trial, reborn, before);
      Acknowledged.checkNoFiles(trial, reborn, deletedBefore);
      if (trial.rounds() % START_EVERY == 1) {
        startsAndServes(trial, reborn, before);
      }
    }
    Files.delete(copy);
  }

  /// A node that starts on what the cut left finds all of it, and puts none of it aside.
  private static void startsAndServes(Trial trial, Victim reborn, List<Blob> before)
      throws Exception {
    reborn.start(trial);
    Acknowledged promised = new Acknowledged();
    before.forEach(promised::add);
    promised.checkAll(trial, reborn.url());
    trial.count("damaged copies", reborn.quarantined());
    reborn.kill();
  }

  private static void copyAtOneMoment(Path image, Path copy) throws IOException {
    for (int i = 0; i < COPIES_MAX; i++) {
      Files.copy(image, copy, StandardCopyOption.REPLACE_EXISTING);
      if (Files.mismatch(image, copy) < 0) {
        return;
      }
    }
    throw new IOException("the image changes faster than it can be copied");
  }
}
