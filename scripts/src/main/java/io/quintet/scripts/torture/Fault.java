package io.quintet.scripts.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What happens to a node at one of its named steps.
///
/// @param step name as in `quintet.failpoint`
/// @param action `kill`, `error` or `delay`
record Fault(String step, String action) {
  private static final List<String> ACTIONS = List.of("kill", "error", "delay");

  /// Every step with every action.
  static List<Fault> ofEach(List<String> steps) {
    List<Fault> all = new ArrayList<>();
    for (String step : steps) {
      ACTIONS.forEach(action -> all.add(new Fault(step, action)));
    }
    return all;
  }

  /// What a node process is started with.
  Map<String, String> environment() {
    return Map.of("QUINTET_JAVA_OPTS", "-Dquintet.failpoint=" + this);
  }

  @Override
  public String toString() {
    return step + ":" + action;
  }
}
