package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContractRouterTest {
  private static final List<Contract.Operation> OPERATIONS =
      List.of(
          new Contract.Operation("status", HttpMethod.GET, "/status"),
          new Contract.Operation("getChunk", HttpMethod.GET, "/chunk/{id}"));
  private static final Handler<RoutingContext> NOTHING = call -> {};

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void eachOperationHasARoute() {
    assertEquals(
        List.of("/status", "/chunk/:id"),
        ContractRouter.of(vertx, OPERATIONS, Map.of("status", NOTHING, "getChunk", NOTHING))
            .getRoutes()
            .stream()
            .map(route -> route.getName())
            .toList());
  }

  @Test
  void anOperationThatNobodyHandlesIsRefused() {
    assertRefused("getChunk", Map.of("status", NOTHING));
  }

  @Test
  void aHandlerThatNoOperationCallsIsRefused() {
    assertRefused("extra", Map.of("status", NOTHING, "getChunk", NOTHING, "extra", NOTHING));
  }

  private void assertRefused(String named, Map<String, Handler<RoutingContext>> handlers) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> ContractRouter.of(vertx, OPERATIONS, handlers));
    assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
  }
}
