package io.quintet.node.edge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The OpenAPI 3.1 document: the router is built from it and `GET /openapi` serves its very bytes.
///
/// @param bytes the document as it lies in the jar
/// @param operations what it lists, in its order
record Contract(Buffer bytes, List<Operation> operations) {
  private static final String RESOURCE = "/io/quintet/node/openapi.json";

  /// One operation.
  ///
  /// @param id its `operationId`
  /// @param path with parameters in braces, such as `/chunk/{id}`
  record Operation(String id, HttpMethod method, String path) {}

  /// Reads the document. That it is one of OpenAPI is what a test finds out, once and for all
  /// nodes.
  static Contract load() {
    Buffer bytes = Buffer.buffer(read());
    JsonObject paths = new JsonObject(bytes).getJsonObject("paths");
    List<Operation> operations = new ArrayList<>();
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        String id = methods.getJsonObject(method).getString("operationId");
        HttpMethod known = HttpMethod.valueOf(method.toUpperCase(Locale.ROOT));
        operations.add(new Operation(id, known, path));
      }
    }
    return new Contract(bytes, List.copyOf(operations));
  }

  private static byte[] read() {
    try (InputStream resource = Contract.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("the contract is missing in the jar: " + RESOURCE);
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the contract: " + RESOURCE, e);
    }
  }
}
