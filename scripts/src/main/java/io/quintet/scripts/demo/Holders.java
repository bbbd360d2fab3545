package io.quintet.scripts.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which nodes keep which chunk, as the receipt of a put says.
///
/// @param byChunk chunk id to node ids, in the order of the receipt
record Holders(Map<String, List<String>> byChunk) {
  static Holders read(Path receipt) throws IOException {
    return new Holders(
        new ObjectMapper()
            .readValue(
                receipt.toFile(), new TypeReference<LinkedHashMap<String, List<String>>>() {}));
  }

  /// How many chunks a node keeps.
  long chunksOf(String node) {
    return byChunk.values().stream().filter(holders -> holders.contains(node)).count();
  }

  /// How many chunks have so many copies left when the nodes `dead` are gone: copies to chunks.
  Map<Integer, Integer> copiesLeft(Set<String> dead) {
    Map<Integer, Integer> chunksByCopies = new TreeMap<>();
    for (List<String> holders : byChunk.values()) {
      int left = (int) holders.stream().filter(node -> !dead.contains(node)).count();
      chunksByCopies.merge(left, 1, Integer::sum);
    }
    return chunksByCopies;
  }
}
