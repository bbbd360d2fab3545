package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ManifestVectorsTest {
  @Test
  void validVectorsAreWhatTheWriterWritesToTheByte() {
    assertEquals(Vectors.VALID.size(), SampleManifests.all().size());
    for (int i = 0; i < Vectors.VALID.size(); i++) {
      String vector = new String(Vectors.valid(Vectors.VALID.get(i)), StandardCharsets.US_ASCII);
      assertEquals(vector, SampleManifests.write(SampleManifests.all().get(i)));
    }
  }

  @Test
  void validVectorsReadBack() throws IOException {
    for (int i = 0; i < Vectors.VALID.size(); i++) {
      byte[] vector = Vectors.valid(Vectors.VALID.get(i));
      assertEquals(
          SampleManifests.all().get(i), ManifestReader.read(new ByteArrayInputStream(vector)));
    }
  }

  static Iterable<Vectors.Invalid> invalid() {
    return Vectors.invalid();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidVectorIsRefusedAtThePlaceThatIsWrong(Vectors.Invalid vector) {
    ManifestException refused =
        assertThrows(
            ManifestException.class,
            () -> ManifestReader.read(new ByteArrayInputStream(vector.text())));
    assertEquals(vector.path(), refused.path(), refused.getMessage());
    assertEquals(vector.kind(), refused.kind(), refused.getMessage());
    assertTrue(refused.getMessage().contains("expected: "), refused.getMessage());
    assertFalse(Secrets.show(refused.getMessage()), refused.getMessage());
  }

  @Test
  void schemaAcceptsTheValidVectors() throws IOException {
    Validator schema = schema();
    for (String name : Vectors.VALID) {
      JsonObject manifest = new JsonObject(new String(Vectors.valid(name), StandardCharsets.UTF_8));
      assertTrue(schema.validate(manifest).getValid(), name);
    }
  }

  @Test
  void schemaRefusesWhatASchemaCanKnow() throws IOException {
    Validator schema = schema();
    JsonObject valid =
        new JsonObject(new String(Vectors.valid("taken-over"), StandardCharsets.UTF_8));
    for (String field : valid.fieldNames()) {
      JsonObject lacking = valid.copy();
      lacking.remove(field);
      assertEquals(
          field.equals("generations"), schema.validate(lacking).getValid(), "without " + field);
      JsonObject nulled = valid.copy().putNull(field);
      assertFalse(schema.validate(nulled).getValid(), "null " + field);
    }
    assertFalse(schema.validate(valid.copy().put("name", "x")).getValid());
    assertFalse(schema.validate(valid.copy().put("replicas", 21)).getValid());
    assertFalse(schema.validate(valid.copy().put("merkleRoot", "AB".repeat(32))).getValid());
  }

  private static Validator schema() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "manifest.schema.json"));
    return Validator.create(
        JsonSchema.of(new JsonObject(text)),
        new JsonSchemaOptions()
            .setBaseUri("urn:quintet")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Flag));
  }
}
