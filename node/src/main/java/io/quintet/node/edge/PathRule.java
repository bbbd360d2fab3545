package io.quintet.node.edge;

import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.ArrayList;
import java.util.List;
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

  static PathRule of(OpenAPIContract contract) {
    List<Known> known = new ArrayList<>();
    for (Path path : contract.getPaths()) {
      List<String> methods = new ArrayList<>();
      for (Operation operation : path.getOperations()) {
        methods.add(operation.getHttpMethod().name());
      }
      // A parameter is one segment of unreserved characters; the operation checks it itself.
      String regex =
          "\\Q"
              + path.getName().replaceAll("\\{[^}]*}", "\\\\E[A-Za-z0-9._~-]{1,100}\\\\Q")
              + "\\E";
      known.add(new Known(Pattern.compile(regex), methods));
    }
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
