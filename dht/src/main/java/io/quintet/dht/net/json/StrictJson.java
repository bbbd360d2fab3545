package io.quintet.dht.net.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parses whole documents into plain values: maps in document order, lists, strings, longs,
/// doubles, booleans and null.
///
/// Refuses what is not UTF-8, duplicate names, deep nesting, long names, strings and numbers,
/// integers beyond 64 bits, infinities, and anything after the document.
public final class StrictJson {
  /// How deep objects and arrays may nest.
  public static final int DEPTH_MAX = 16;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNameLength(64)
                  .maxStringLength(4_096)
                  .maxNumberLength(20)
                  .maxDocumentLength(2_097_152)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private StrictJson() {}

  /// The document, which must be an object.
  ///
  /// @throws BadRequestException when it is anything else
  public static Map<String, @Nullable Object> object(Buffer document) {
    // The parser itself would guess the encoding, and would put replacement characters where the
    // bytes are not UTF-8.
    String text = utf8(document);
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRequestException("$", "another document", "a JSON object");
      }
      Map<String, @Nullable Object> object = members(parser);
      if (parser.nextToken() != null) {
        throw new BadRequestException("$", "more after the object", "one JSON object");
      }
      return object;
    } catch (IOException e) {
      String message = e.getMessage();
      String first = message == null ? "" : message.lines().findFirst().orElse("");
      throw new BadRequestException("$", first, "strict JSON, at most " + DEPTH_MAX + " levels");
    }
  }

  private static String utf8(Buffer document) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(document.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadRequestException("$", "bytes that are not UTF-8", "JSON in UTF-8");
    }
  }

  /// Half of a surrogate pair is no character, and could not be written as UTF-8 again.
  private static String characters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new BadRequestException("$", "half a surrogate pair", "whole characters");
        }
        i++;
      }
    }
    return text;
  }

  private static Map<String, @Nullable Object> members(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.put(characters(name), value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> elements(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return members(parser);
    }
    if (token == JsonToken.START_ARRAY) {
      return elements(parser);
    }
    if (token == JsonToken.VALUE_STRING) {
      return characters(parser.getText());
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return finite(parser.getDoubleValue());
    }
    return token == JsonToken.VALUE_NULL ? null : token == JsonToken.VALUE_TRUE;
  }

  private static double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new BadRequestException("$", "a number without a finite value", "a finite number");
    }
    return number;
  }
}
