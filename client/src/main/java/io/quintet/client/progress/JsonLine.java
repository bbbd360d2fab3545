package io.quintet.client.progress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One JSON object on one line, in the order of its fields: the form of everything `--json` prints.
///
/// Values are strings, whole numbers, doubles (three decimals), booleans, null, lists and maps with
/// string keys. A path stands for the JSON document in that file, which is copied as a stream.
public final class JsonLine {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  private JsonLine() {}

  /// Begins the object with its kind, the field `event`.
  public static JsonLine event(String kind) {
    return new JsonLine().with("event", kind);
  }

  /// Adds or replaces a field.
  public JsonLine with(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /// Adds or replaces all `more` fields.
  public JsonLine withAll(Map<String, ? extends @Nullable Object> more) {
    fields.putAll(more);
    return this;
  }

  /// The text, without a line end; line breaks within strings are escaped.
  @Override
  public String toString() {
    StringWriter text = new StringWriter();
    writeTo(text);
    return text.toString();
  }

  /// Writes the same text to `writer` as a stream and leaves it open.
  public void writeTo(Writer writer) {
    try (JsonGenerator json = FACTORY.createGenerator(writer)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      write(json, fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes one value of the kinds above.
  ///
  /// @throws IllegalArgumentException for any other kind
  public static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> writeDouble(json, number);
      case BigInteger number -> json.writeNumber(number);
      case Path file -> copy(json, file);
      case List<?> list -> {
        json.writeStartArray();
        for (Object item : list) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      default ->
          throw new IllegalArgumentException(
              "value of " + value.getClass() + " (expected: a kind that JSON has)");
    }
  }

  private static void copy(JsonGenerator json, Path file) throws IOException {
    try (JsonParser document = FACTORY.createParser(file.toFile())) {
      document.nextToken();
      json.copyCurrentStructure(document);
    }
  }

  private static void writeDouble(JsonGenerator json, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumber(BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP));
    } else {
      // JSON has no infinities.
      json.writeNull();
    }
  }
}
