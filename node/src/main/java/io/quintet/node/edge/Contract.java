package io.quintet.node.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The OpenAPI 3.1 document: the router is built from it and `GET /openapi` serves its very bytes.
///
/// @param bytes the document as it lies in the jar
/// @param parsed the same, read and checked
record Contract(Buffer bytes, OpenAPIContract parsed) {
  private static final String RESOURCE = "/io/quintet/node/openapi.json";

  static Future<Contract> load(Vertx vertx) {
    Buffer bytes = Buffer.buffer(read());
    // Vert.x's reader does not know the media type of problems; to the router it makes no
    // difference.
    String known = bytes.toString().replace("application/problem+json", "application/json");
    return OpenAPIContract.from(vertx, new JsonObject(known))
        .map(parsed -> new Contract(bytes, parsed));
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
