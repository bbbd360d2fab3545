package io.quintet.node.edge;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Binds each operation of the contract to its handler, which checks what the contract says,
/// strictly, as a test compares.
final class ContractRouter {
  private static final Logger LOG = LoggerFactory.getLogger(ContractRouter.class);

  private ContractRouter() {}

  /// A router of just these operations.
  ///
  /// @param handlers by operation id
  /// @throws IllegalStateException when an operation has no handler, or a handler no operation
  static Router of(
      Vertx vertx,
      List<Contract.Operation> operations,
      Map<String, Handler<RoutingContext>> handlers) {
    Set<String> unbound = new HashSet<>(handlers.keySet());
    Router router = Router.router(vertx);
    for (Contract.Operation operation : operations) {
      Handler<RoutingContext> handler = handlers.get(operation.id());
      if (handler == null) {
        throw new IllegalStateException("no handler: " + operation);
      }
      unbound.remove(operation.id());
      route(router, operation, handler);
    }
    if (!unbound.isEmpty()) {
      throw new IllegalStateException("not in the contract: " + unbound);
    }
    return router;
  }

  private static void route(
      Router router, Contract.Operation operation, Handler<RoutingContext> handler) {
    router
        .route(operation.method(), operation.path().replaceAll("\\{([^}]*)}", ":$1"))
        .handler(handler)
        .failureHandler(failed -> {
          LOG.error("{} failed", operation.id(), failed.failure());
          Problem.internal().answer(failed.request());
        });
  }
}
