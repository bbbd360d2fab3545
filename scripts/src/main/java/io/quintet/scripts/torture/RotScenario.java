package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Bit flips in every chunk of any four of five holders.
final class RotScenario implements Scenario {
  private static final int NODES = 6;
  private static final int FILE_BYTES = 3_300_000;

  @Override
  public String name() {
    return "rot";
  }

  @Override
  public String what() {
    return "of each chunk of a file, any four of five copies are damaged; the file still comes back"
        + " bit for bit and no node ever serves a wrong byte";
  }

  @Override
  public void run(Trial trial) throws Exception {
    List<Victim> nodes = trial.arena().cluster(trial, NODES, "--reserve", "1B");
    while (trial.more()) {
      StoredFile file = StoredFile.put(trial, nodes, "file-" + trial.rounds(), FILE_BYTES);
      if (trial.random().nextBoolean()) {
        // What was just read is fresh in the node's mind; damage must be seen all the same.
        file.getBack(trial);
      }
      for (Map.Entry<String, List<Victim>> chunk : file.holders().entrySet()) {
        List<Victim> holders = new ArrayList<>(chunk.getValue());
        Collections.shuffle(holders, trial.random());
        for (Victim holder : holders.subList(0, 4)) {
          damage(holder.chunkFile(chunk.getKey()), trial.random());
          trial.count("copies damaged", 1);
        }
      }
      file.getBack(trial);
      for (Map.Entry<String, List<Victim>> chunk : file.holders().entrySet()) {
        for (Victim holder : chunk.getValue()) {
          servesRightBytesOrNothing(trial, holder, chunk.getKey());
        }
      }
      file.getBack(trial);
      file.remove();
    }
  }

  private static void servesRightBytesOrNothing(Trial trial, Victim holder, String chunk)
      throws BrokenPromiseException {
    ChunkCalls.Answer answer = ChunkCalls.get(holder.url(), "/chunk/" + chunk);
    trial.require(
        answer.status() == 404 || (answer.status() == 200 && Blob.id(answer.body()).equals(chunk)),
        "a node serves wrong bytes of " + chunk + " (status " + answer.status() + ")");
    trial.count(answer.status() == 200 ? "right answers" : "404", 1);
  }

  /// One of the ways in which disks spoil files.
  private static void damage(Path file, Random random) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      int size = (int) channel.size();
      int at = random.nextInt(size);
      switch (random.nextInt(4)) {
        case 0 -> {
          ByteBuffer one = ByteBuffer.allocate(1);
          channel.read(one, at);
          one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8))));
          channel.write(one.flip(), at);
        }
        case 1 -> channel.truncate(at);
        case 2 -> channel.write(ByteBuffer.allocate(512), size - 1);
        default -> {
          byte[] ones = new byte[Math.min(4_096, size - at)];
          Arrays.fill(ones, (byte) -1);
          channel.write(ByteBuffer.wrap(ones), at);
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException("the copy that was to be damaged is not there: " + file, e);
    }
  }
}
