package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What nodes take for granted of the contract that they are built with (ADR 0005).
class ContractFileTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void itIsAnOpenApiDocumentAndHasTheOperationsThatTheNodeReadsInIt() throws Exception {
    Contract contract = Contract.load();
    // The library does not know the media type of problems.
    String known =
        contract.bytes().toString().replace("application/problem+json", "application/json");
    OpenAPIContract parsed =
        OpenAPIContract.from(vertx, new JsonObject(known))
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    Set<Contract.Operation> expected = new HashSet<>();
    for (Path path : parsed.getPaths()) {
      for (Operation operation : path.getOperations()) {
        expected.add(
            new Contract.Operation(
                operation.getOperationId(), operation.getHttpMethod(), path.getName()));
      }
    }
    assertTrue(expected.size() > 15, "few operations: " + expected);
    assertEquals(expected, new HashSet<>(contract.operations()));
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    List<String> ids = new ArrayList<>();
    Contract.load().operations().forEach(operation -> ids.add(operation.id()));
    assertEquals(ids.size(), new HashSet<>(ids).size(), ids.toString());
  }
}
