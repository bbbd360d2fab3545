package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The chunks that one node said are durable, and the check of that word. Safe for many threads.
final class Acknowledged {
  private final List<Blob> blobs = new ArrayList<>();
  private int checked;

  synchronized void add(Blob blob) {
    blobs.add(blob);
  }

  synchronized List<Blob> all() {
    return List.copyOf(blobs);
  }

  synchronized int count() {
    return blobs.size();
  }

  /// What was not checked yet, and as many of the others as there is time for.
  private synchronized List<Blob> next(Random random, int more) {
    List<Blob> next = new ArrayList<>(blobs.subList(checked, blobs.size()));
    for (int i = 0; i < more && checked > 0; i++) {
      next.add(blobs.get(random.nextInt(checked)));
    }
    checked = blobs.size();
    return next;
  }

  /// Reads what was acknowledged since the last check, and a sample of the rest.
  void checkRecent(Trial trial, String url) throws BrokenPromiseException {
    check(trial, url, next(trial.random(), 20));
  }

  /// Reads everything.
  void checkAll(Trial trial, String url) throws BrokenPromiseException {
    check(trial, url, all());
  }

  private static void check(Trial trial, String url, List<Blob> some)
      throws BrokenPromiseException {
    for (Blob blob : some) {
      byte[] bytes = blob.bytes();
      ChunkCalls.Answer answer = ChunkCalls.get(url, "/chunk/" + Blob.id(bytes));
      trial.require(
          answer.status() == 200 && Arrays.equals(bytes, answer.body()),
          "acknowledged chunk " + Blob.id(bytes) + " is lost: GET answers " + answer.status());
    }
    trial.count("chunks read back", some.size());
  }

  /// Compares the files of `some` with what was acknowledged.
  static void checkFiles(Trial trial, Victim node, List<Blob> some) throws Exception {
    for (Blob blob : some) {
      byte[] bytes = blob.bytes();
      byte[] found;
      try {
        found = Files.readAllBytes(node.chunkFile(Blob.id(bytes)));
      } catch (IOException e) {
        found = new byte[0];
      }
      trial.require(
          Arrays.equals(bytes, found),
          "acknowledged chunk " + Blob.id(bytes) + " is not on the disk (" + found.length + " B)");
    }
    trial.count("files compared", some.size());
  }
}
