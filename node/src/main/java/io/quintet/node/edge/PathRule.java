package io.quintet.node.edge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The paths and methods of the contract, matched on the raw request target: before any decoding or
/// normalisation, so that `/../`, encoded slashes and double slashes reach nothing.
final class PathRule {
  private record Known(Pattern path, List<String> methods) {}

  private final List<Known> known;

  private PathRule(List<Known> known) {
    this.known = List.copyOf(known);
  }

  static PathRule of(List<Contract.Operation> operations) {
    Map<String, List<String>> methods = new LinkedHashMap<>();
    for (Contract.Operation operation : operations) {
      methods
          .computeIfAbsent(operation.path(), path -> new ArrayList<>())
          .add(operation.method().name());
    }
    List<Known> known = new ArrayList<>();
    methods.forEach((path, allowed) -> {
      // A parameter is one segment of unreserved characters; the operation checks it itself.
      String regex =
          "\\Q" + path.replaceAll("\\{[^}]*}", "\\\\E[A-Za-z0-9._~-]{1,100}\\\\Q") + "\\E";
      known.add(new Known(Pattern.compile(regex), List.copyOf(allowed)));
    });
    return new PathRule(known);
  }

  /// The reason to refuse, empty when the contract has this path and method.
  Optional<Problem> check(String method, String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    for (Known candidate : known) {
      if (candidate.path.matcher(path).matches()) {
        return candidate.methods.contains(method)
            ? Optional.empty()
            : Optional.of(
                new Problem(
                    405,
                    "method",
                    "no such method on this path",
                    method,
                    String.join(" or ", candidate.methods)));
      }
    }
    return Optional.of(Problem.unknownPath(path));
  }
}
