package io.quintet.scripts.torture;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Links, pipes, sockets' like and strangers' files in the directories of a store.
final class ForeignScenario implements Scenario {
  private static final String PRECIOUS = "somebody's file";

  @Override
  public String name() {
    return "foreign";
  }

  @Override
  public String what() {
    return "links, pipes and foreign files are planted in a store, before and while its node runs:"
        + " nothing hangs, nothing is followed, nothing of them is removed";
  }

  @Override
  public void run(Trial trial) throws Exception {
    Path data = trial.arena().path("planted");
    Victim node = trial.arena().node(data, "--reserve", "1B");
    Acknowledged acknowledged = new Acknowledged();
    node.start(trial);
    while (trial.more()) {
      put(trial, node, acknowledged);
      List<Path> planted = plant(trial, data);
      serves(trial, node, acknowledged, planted);
      trial.require(node.terminate() == 0, "a polite stop ends with 0");
      node.start(trial);
      serves(trial, node, acknowledged, planted);
      node.kill();
      node.start(trial);
      serves(trial, node, acknowledged, planted);
      trial.count("entries planted", planted.size());
    }
  }

  private static void put(Trial trial, Victim node, Acknowledged acknowledged)
      throws BrokenPromiseException {
    Blob blob = Blob.draw(trial.random(), 1 << 20);
    int status = ChunkCalls.put(node.url(), blob.bytes());
    trial.require(status == 201, "PUT answers " + status);
    acknowledged.add(blob);
  }

  private static void serves(
      Trial trial, Victim node, Acknowledged acknowledged, List<Path> planted) throws Exception {
    put(trial, node, acknowledged);
    acknowledged.checkAll(trial, node.url());
    for (Path entry : planted) {
      boolean there = Files.exists(entry, LinkOption.NOFOLLOW_LINKS);
      trial.require(there, "it is still there: " + entry);
      String name = String.valueOf(entry.getFileName());
      if (name.matches("[0-9a-f]{64}")) {
        int status = ChunkCalls.get(node.url(), "/chunk/" + name).status();
        trial.require(status == 404, "a planted " + name + " answers " + status);
        String head = ChunkCalls.json(node.url(), "/chunks?limit=1000").toString();
        trial.require(!head.contains(name), "a planted entry is in the inventory");
      }
      if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
        trial.require(Files.readString(entry).equals(PRECIOUS), "unchanged: " + entry);
      }
    }
  }

  private static List<Path> plant(Trial trial, Path data) throws Exception {
    List<Path> planted = new ArrayList<>();
    Path secret = Files.writeString(trial.arena().path("secret-" + trial.rounds()), PRECIOUS);
    planted.add(secret);
    for (Path folder : List.of(data.resolve("chunks"), data.resolve("quarantine"), data)) {
      planted.addAll(strangers(trial, folder, secret));
    }
    for (int i = 0; i < 4; i++) {
      String id = Blob.id(new Blob(trial.random().nextLong(), 8).bytes());
      Path prefix = data.resolve("chunks").resolve(id.substring(0, 2));
      planted.addAll(strangers(trial, prefix, secret));
      Path place = prefix.resolve(id);
      switch (i) {
        case 0 -> Files.createSymbolicLink(place, secret);
        case 1 -> Shell.run("mkfifo", place.toString());
        case 2 -> Files.createDirectory(place);
        default -> Files.createSymbolicLink(place, Path.of("/dev/zero"));
      }
      planted.add(place);
    }
    return planted;
  }

  private static List<Path> strangers(Trial trial, Path folder, Path secret) throws Exception {
    String mark = "." + trial.rounds();
    List<Path> planted = new ArrayList<>();
    try {
      planted.add(Files.writeString(folder.resolve("notes" + mark), PRECIOUS));
      planted.add(Files.writeString(folder.resolve(".hidden" + mark + ".tmp"), PRECIOUS));
      planted.add(Files.createSymbolicLink(folder.resolve("link" + mark), secret));
      planted.add(Files.createSymbolicLink(folder.resolve("loop" + mark), folder));
      planted.add(Files.createDirectory(folder.resolve("folder" + mark)));
      Path pipe = folder.resolve("pipe" + mark);
      Shell.run("mkfifo", pipe.toString());
      planted.add(pipe);
    } catch (FileAlreadyExistsException e) {
      // Two of the four chosen directories were the same one.
      trial.count("directories chosen twice", 1);
    }
    return planted;
  }
}
