package io.quintet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Compares what a node does with what its own `/openapi` says, operation by operation: the
/// handlers check by hand (ADR 0003), and this is what keeps the two together.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
  private static final String KEY = "ab".repeat(32);
  private static final List<String> NO_KEYS =
      List.of("x", "AB".repeat(32), "ab".repeat(31) + "a", "ab".repeat(32) + "0", "%2e%2e");

  private final HttpClient http = HttpClient.newHttpClient();
  private RunningNode node;
  private String adminToken = "";
  private JsonObject contract = new JsonObject();

  @BeforeAll
  void start(@TempDir Path dir) throws Exception {
    NodeConfig solo = TestNodes.config(dir.resolve("node"), TestNodes.fastLimits());
    NetworkSettings own = new NetworkSettings("contract", freeUdpPort(), List.of("lo"), List.of());
    node =
        NodeWiring.of(
                new NodeConfig(
                    solo.directory(),
                    solo.http(),
                    own,
                    solo.capacityBytes(),
                    0L,
                    solo.labels(),
                    solo.upkeep()))
            .start();
    adminToken = Files.readString(solo.directory().resolve("admin.token")).strip();
    contract = new JsonObject(ask("GET", "/openapi", null).body());
  }

  @AfterAll
  void stop() {
    http.close();
    node.stop();
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyOperationRefusesWhatTheContractRefuses() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : operations()) {
      for (BadCall bad : operation.badCalls(contract)) {
        tests.add(DynamicTest.dynamicTest(bad.name(), () -> assertRefused(operation, bad)));
      }
    }
    assertTrue(tests.size() > 80, "too few bad calls were found: " + tests.size());
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> answersAreWhatTheContractSays() {
    return operations().stream()
        .filter(operation -> operation.answerSchema("200") != null)
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> assertAnswers(operation)));
  }

  @TestFactory
  Stream<DynamicTest> otherMethodsAreNotAllowed() {
    return contract.getJsonObject("paths").fieldNames().stream()
        .map(path ->
            DynamicTest.dynamicTest(
                path,
                () -> {
                  HttpResponse<String> answer = ask("PATCH", path.replace("{id}", KEY), null);
                  assertEquals(405, answer.statusCode());
                  assertProblem(answer, "PATCH " + path);
                }));
  }

  private void assertRefused(Operation operation, BadCall bad) throws Exception {
    // Control calls look at who calls before they look at what is sent.
    String[] headers =
        operation.said().getJsonObject("responses").containsKey("401")
            ? new String[] {"Authorization", "Bearer " + adminToken}
            : bad.headers();
    HttpResponse<String> answer = ask(operation.method(), bad.target(), bad.body(), headers);
    assertTrue(List.of(400, 404).contains(answer.statusCode()), bad + " was answered " + answer);
    if (operation.method().equals("HEAD")) {
      return;
    }
    if (answer.statusCode() == 404) {
      assertEquals("urn:quintet:problem:unknown-path", problem(answer).getString("type"));
    }
    assertProblem(answer, bad.name());
  }

  private void assertAnswers(Operation operation) throws Exception {
    JsonObject body = operation.validBody(contract);
    HttpResponse<String> answer =
        ask(
            operation.method(),
            operation.path(),
            // Later versions may say more.
            body == null ? null : body.put("later", new JsonArray().add(1)).encode());
    assertEquals(200, answer.statusCode(), answer::body);
    assertMatches(
        Objects.requireNonNull(operation.answerSchema("200")),
        new JsonObject(answer.body()),
        operation.id());
  }

  private void assertProblem(HttpResponse<String> answer, String call) {
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElse(""), call);
    JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Problem");
    assertMatches(schema, problem(answer), call);
    assertEquals(answer.statusCode(), problem(answer).getInteger("status"), call);
  }

  private static JsonObject problem(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }

  private void assertMatches(JsonObject schema, JsonObject value, String call) {
    JsonObject document = schema.copy().put("components", contract.getJsonObject("components"));
    OutputUnit result =
        Validator.create(
                JsonSchema.of(document),
                new JsonSchemaOptions()
                    .setDraft(Draft.DRAFT202012)
                    .setBaseUri("https://contract.example/"))
            .validate(value);
    assertTrue(result.getValid(), () -> call + ": " + value + " " + result.toJson());
  }

  private HttpResponse<String> ask(
      String method, String target, @Nullable String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + target))
            .timeout(Duration.ofSeconds(20))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    JsonObject paths = contract.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(path);
      for (String method : methods.fieldNames()) {
        operations.add(
            new Operation(method.toUpperCase(Locale.ROOT), path, methods.getJsonObject(method)));
      }
    }
    return operations;
  }

  /// A call that the contract does not allow.
  @SuppressWarnings("ArrayRecordComponent")
  private record BadCall(String name, String target, @Nullable String body, String... headers) {}

  /// One operation of the contract.
  private record Operation(String method, String path, JsonObject said) {
    String id() {
      return said.getString("operationId");
    }

    /// The schema of a JSON answer, or null.
    @Nullable JsonObject answerSchema(String status) {
      JsonObject answer = said.getJsonObject("responses").getJsonObject(status, new JsonObject());
      JsonObject json =
          answer.getJsonObject("content", new JsonObject()).getJsonObject("application/json");
      boolean callable = !path.contains("{");
      return json == null || !callable ? null : json.getJsonObject("schema");
    }

    @Nullable JsonObject bodySchema(JsonObject contract) {
      JsonObject body = said.getJsonObject("requestBody", new JsonObject());
      JsonObject json =
          body.getJsonObject("content", new JsonObject()).getJsonObject("application/json");
      return json == null ? null : resolved(contract, json.getJsonObject("schema"));
    }

    @Nullable JsonObject validBody(JsonObject contract) {
      JsonObject schema = bodySchema(contract);
      return schema == null ? null : (JsonObject) valid(contract, schema, "");
    }

    List<BadCall> badCalls(JsonObject contract) {
      List<BadCall> calls = new ArrayList<>();
      for (Object each : said.getJsonArray("parameters", new JsonArray())) {
        JsonObject parameter = (JsonObject) each;
        switch (parameter.getString("in")) {
          case "path" -> badPaths(contract, calls);
          case "query" -> badQueries(parameter.getString("name"), calls);
          default -> badHeaders(parameter, calls);
        }
      }
      JsonObject schema = bodySchema(contract);
      if (schema != null) {
        badBodies(contract, schema, calls);
      }
      return calls;
    }

    private void badPaths(JsonObject contract, List<BadCall> calls) {
      JsonObject body = validBody(contract);
      for (String bad : NO_KEYS) {
        calls.add(
            new BadCall(
                id() + " of " + bad,
                path.replace("{id}", bad),
                body == null ? null : body.encode()));
      }
    }

    private void badQueries(String name, List<BadCall> calls) {
      for (String bad : List.of("x", "-1", "0", "1001", "1e3", "", "99999999999999999999")) {
        calls.add(
            new BadCall(id() + " with " + name + "=" + bad, path + "?" + name + "=" + bad, null));
      }
    }

    private void badHeaders(JsonObject parameter, List<BadCall> calls) {
      if (parameter.getBoolean("required", false)) {
        String target = path.replace("{id}", KEY);
        String name = parameter.getString("name");
        calls.add(new BadCall(id() + " without " + name, target, null));
        calls.add(new BadCall(id() + " with a bad " + name, target, null, name, "AB".repeat(32)));
      }
    }

    private void badBodies(JsonObject contract, JsonObject schema, List<BadCall> calls) {
      String target = path.replace("{id}", KEY);
      for (String text : List.of("[]", "null", "{", "{}{}", "\"\"", "{\"a\":1,\"a\":1}")) {
        calls.add(new BadCall(id() + " " + text, target, text));
      }
      JsonObject valid = (JsonObject) valid(contract, schema, "");
      for (Object each : schema.getJsonArray("required", new JsonArray())) {
        JsonObject less = valid.copy();
        less.remove((String) each);
        calls.add(new BadCall(id() + " without " + each, target, less.encode()));
      }
      JsonObject properties = schema.getJsonObject("properties");
      for (String name : properties.fieldNames()) {
        JsonObject property = resolved(contract, properties.getJsonObject(name));
        for (Object wrong : wrongValues(property)) {
          String body = valid.copy().put(name, wrong).encode();
          calls.add(new BadCall(shortened(id() + " " + name + ": " + wrong), target, body));
        }
      }
    }

    private static String shortened(String name) {
      return name.length() > 80 ? name.substring(0, 80) + "..." : name;
    }

    private static List<Object> wrongValues(JsonObject property) {
      return switch (property.getString("type")) {
        case "string" -> List.of(1, true, new JsonArray(), "", "x".repeat(100));
        case "boolean" -> List.of(1, "true", new JsonObject());
        case "array" -> {
          JsonArray tooMany = new JsonArray();
          for (int i = 0; i <= property.getInteger("maxItems"); i++) {
            tooMany.add(KEY);
          }
          yield List.of(1, "x", new JsonObject(), new JsonArray().add(1), tooMany);
        }
        case "object" -> List.of(1, "x", new JsonArray(), new JsonObject());
        default -> List.of("x", new JsonArray());
      };
    }

    private static JsonObject resolved(JsonObject contract, JsonObject schema) {
      String reference = schema.getString("$ref");
      return reference == null
          ? schema
          : contract
              .getJsonObject("components")
              .getJsonObject("schemas")
              .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /// The least that the schema allows.
    private static Object valid(JsonObject contract, JsonObject schema, String name) {
      JsonObject actual = resolved(contract, schema);
      return switch (actual.getString("type")) {
        case "object" -> {
          JsonObject value = new JsonObject();
          for (Object each : actual.getJsonArray("required", new JsonArray())) {
            String key = (String) each;
            JsonObject property = actual.getJsonObject("properties").getJsonObject(key);
            value.put(key, valid(contract, property, key));
          }
          yield value;
        }
        case "string" -> name.equals("net") ? "contract" : KEY;
        case "integer" -> actual.getInteger("minimum", 1);
        case "boolean" -> true;
        default -> new JsonArray();
      };
    }
  }
}
