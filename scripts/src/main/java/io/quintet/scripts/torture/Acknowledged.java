package io.quintet.scripts.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The chunks that one node said are durable, and the check of that word. Safe for many threads.
final class Acknowledged {
  private final List<Blob> blobs = new ArrayList<>();
  private final List<Blob> gone = new ArrayList<>();
  private int checked;

  synchronized void add(Blob blob) {
    blobs.add(blob);
  }

  /// Takes a random deletable chunk out, of which from now on nothing is required, as its deletion
  /// is under way; null when there is none.
  synchronized @Nullable Blob beginDeletion(Random random) {
    if (blobs.isEmpty()) {
      return null;
    }
    int at = random.nextInt(blobs.size());
    Blob blob = blobs.get(at);
    if (!blob.isDeletable()) {
      return null;
    }
    blobs.remove(at);
    checked -= at < checked ? 1 : 0;
    return blob;
  }

  /// Requires nothing of `blob` for a while: its file is about to be damaged.
  synchronized void spare(Blob blob) {
    int at = blobs.indexOf(blob);
    if (at >= 0) {
      blobs.remove(at);
      checked -= at < checked ? 1 : 0;
    }
  }

  /// The node said that it is deleted.
  synchronized void deleted(Blob blob) {
    gone.add(blob);
  }

  synchronized List<Blob> deleted() {
    return List.copyOf(gone);
  }

  /// Those of `some` that nobody began to delete.
  synchronized List<Blob> stillIn(List<Blob> some) {
    Set<Blob> now = new HashSet<>(blobs);
    return some.stream().filter(now::contains).toList();
  }

  synchronized int deletedCount() {
    return gone.size();
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

  /// Reads everything, and asks for what was deleted.
  void checkAll(Trial trial, String url) throws BrokenPromiseException {
    check(trial, url, all());
    checkAbsent(trial, url, deleted());
  }

  private static void checkAbsent(Trial trial, String url, List<Blob> deleted)
      throws BrokenPromiseException {
    for (Blob blob : deleted) {
      byte[] bytes = blob.bytes();
      int status = ChunkCalls.get(url, "/chunk/" + Blob.id(bytes)).status();
      trial.require(
          status == 404, "deleted chunk " + Blob.id(bytes) + " is back: GET answers " + status);
    }
    trial.count("deleted ones absent", deleted.size());
  }

  /// The same, but asks for that many of the deleted ones at most.
  void checkAll(Trial trial, String url, int deletedMax) throws BrokenPromiseException {
    check(trial, url, all());
    List<Blob> deleted = new ArrayList<>(deleted());
    Collections.shuffle(deleted, trial.random());
    checkAbsent(trial, url, deleted.subList(0, Math.min(deletedMax, deleted.size())));
  }

  private synchronized @Nullable Blob any(Random random, List<Blob> from) {
    return from.isEmpty() ? null : from.get(random.nextInt(from.size()));
  }

  /// Reads one chunk, or asks for one that was deleted, while others write.
  ///
  /// @return what is wrong, empty when nothing is; null when there was nothing to ask, or no answer
  @Nullable String checkOne(Random random, String url) {
    boolean deleted = random.nextInt(4) == 0;
    Blob blob = any(random, deleted ? gone : blobs);
    if (blob == null) {
      return null;
    }
    byte[] bytes = blob.bytes();
    String id = Blob.id(bytes);
    ChunkCalls.Answer answer = ChunkCalls.get(url, "/chunk/" + id);
    if (answer.status() == ChunkCalls.NO_ANSWER) {
      return null;
    }
    if (deleted) {
      return answer.status() == 404
          ? ""
          : "deleted chunk " + id + " is back: GET answers " + answer.status();
    }
    if (answer.status() == 200) {
      return Arrays.equals(bytes, answer.body()) ? "" : "wrong bytes of " + id;
    }
    // Its deletion may have begun meanwhile.
    return stillIn(List.of(blob)).isEmpty()
        ? ""
        : "acknowledged chunk " + id + " is lost: GET answers " + answer.status();
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

  /// No file of a chunk whose deletion was acknowledged.
  static void checkNoFiles(Trial trial, Victim node, List<Blob> deleted) throws Exception {
    for (Blob blob : deleted) {
      String id = Blob.id(blob.bytes());
      trial.require(Files.notExists(node.chunkFile(id)), "deleted chunk " + id + " is on the disk");
    }
    trial.count("deleted ones absent", deleted.size());
  }
}
