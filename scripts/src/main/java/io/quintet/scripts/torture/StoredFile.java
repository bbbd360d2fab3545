package io.quintet.scripts.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A file of random bytes that was put on a cluster, with the word of who holds which chunk.
///
/// @param holders by chunk id
record StoredFile(Path file, String manifest, Map<String, List<Victim>> holders) {
  /// Puts a fresh file.
  static StoredFile put(Trial trial, List<Victim> nodes, String name, int size) throws Exception {
    Path file = trial.arena().path(name);
    byte[] content = new byte[size];
    new Random(trial.random().nextLong()).nextBytes(content);
    Files.write(file, content);
    String manifest = name + ".manifest";
    String receipt = name + ".receipt";
    trial.arena().succeed(trial, "put", name, "-o", manifest, "--receipt", receipt, "--force");
    return new StoredFile(file, manifest, holders(trial, nodes, trial.arena().path(receipt)));
  }

  private static Map<String, List<Victim>> holders(Trial trial, List<Victim> nodes, Path receipt)
      throws Exception {
    JsonNode json = new ObjectMapper().readTree(receipt.toFile());
    Map<String, List<Victim>> holders = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry :
        (json.has("chunks") ? json.path("chunks") : json).properties()) {
      List<Victim> held = new ArrayList<>();
      entry
          .getValue()
          .forEach(id ->
              nodes.stream().filter(node -> node.id().equals(id.asText())).forEach(held::add));
      trial.require(held.size() == 5, "chunk " + entry.getKey() + " is on five nodes");
      holders.put(entry.getKey(), held);
    }
    return holders;
  }

  /// Gets it back and compares every byte.
  void getBack(Trial trial) throws Exception {
    String out = manifest + ".out";
    trial.arena().succeed(trial, "get", manifest, "-o", out, "--force");
    trial.require(
        Files.mismatch(file, trial.arena().path(out)) < 0, "the file comes back as it was");
    Files.delete(trial.arena().path(out));
    trial.count("files got back", 1);
  }

  Path manifestPath(Trial trial) {
    return trial.arena().path(manifest);
  }

  /// Every holder of every chunk has it.
  void isWholeEverywhere(Trial trial) throws BrokenPromiseException {
    for (Map.Entry<String, List<Victim>> chunk : holders.entrySet()) {
      for (Victim holder : chunk.getValue()) {
        ChunkCalls.Answer answer = ChunkCalls.get(holder.url(), "/chunk/" + chunk.getKey());
        trial.require(
            answer.status() == 200 && Blob.id(answer.body()).equals(chunk.getKey()),
            "acknowledged copy of " + chunk.getKey() + " is lost: " + answer.status());
      }
    }
    trial.count("files whole on all holders", 1);
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
