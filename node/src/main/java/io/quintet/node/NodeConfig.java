package io.quintet.node;

import io.quintet.node.service.replicas.UpkeepSettings;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that a node is told at start.
///
/// @param directory the data directory, made if it is missing
/// @param capacityBytes how many chunk bytes to keep at most, `Long.MAX_VALUE`: all but the reserve
/// @param reserveBytes free space of the volume that is never touched, null: one percent, at least
///   256 MiB
/// @param labels what the owner says about the node, such as `zone=cellar`; shown in `/status`
/// @param upkeep how it looks after replicas
public record NodeConfig(
    Path directory,
    HttpSettings http,
    NetworkSettings network,
    long capacityBytes,
    @Nullable Long reserveBytes,
    Map<String, String> labels,
    UpkeepSettings upkeep) {
  /// Keeps its own copy, sorted.
  public NodeConfig {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }
}
