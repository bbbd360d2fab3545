package io.quintet.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.quintet.manifest.ManifestException.Kind;
import io.quintet.manifest.blob.StrictHex;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads JSON token by token and insists on what is expected. Every failure names the place.
///
/// The parser's own messages are never passed on: they quote the text, which holds secrets.
final class JsonInput implements AutoCloseable {
  private static final int DEPTH_MAX = 8;
  private static final int NUMBER_CHARS_MAX = 32;
  private static final int NAME_CHARS_MAX = 64;
  private static final int STRING_CHARS_MAX = 256;

  // Fewer digits than the largest long has, so that no number overflows.
  private static final int DIGITS_MAX = 18;
  private static final int SHOWN_NAME_CHARS_MAX = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(NUMBER_CHARS_MAX)
                  .maxNameLength(NAME_CHARS_MAX)
                  .maxStringLength(STRING_CHARS_MAX)
                  .build())
          .build();

  private final JsonParser parser;

  JsonInput(InputStream in) throws IOException {
    parser = FACTORY.createParser(in);
  }

  /// Takes the brace that begins an object.
  void beginObject() throws IOException {
    expect(JsonToken.START_OBJECT, next(), "an object");
  }

  /// Takes the bracket that begins an array.
  void beginArray() throws IOException {
    expect(JsonToken.START_ARRAY, next(), "an array");
  }

  /// Takes the name of the next field of an object, or the end of the object, which is null.
  @Nullable String nextField() throws IOException {
    return next() == JsonToken.FIELD_NAME ? text() : null;
  }

  /// Takes the brace that begins the next object in an array, or the end of the array, which is
  /// false.
  boolean nextObject() throws IOException {
    JsonToken token = next();
    if (token == JsonToken.END_ARRAY) {
      return false;
    }
    expect(JsonToken.START_OBJECT, token, "an object");
    return true;
  }

  /// Takes the next string of an array, or the end of the array, which is null.
  @Nullable String nextString() throws IOException {
    JsonToken token = next();
    if (token == JsonToken.END_ARRAY) {
      return null;
    }
    expect(JsonToken.VALUE_STRING, token, "a string");
    return text();
  }

  /// Takes a string.
  String string() throws IOException {
    expect(JsonToken.VALUE_STRING, next(), "a string");
    return text();
  }

  /// Takes a string of `byteCount` bytes in lower-case hex, which never shows in an error.
  byte[] hex(int byteCount) throws IOException {
    String text = string();
    if (!StrictHex.matches(text, byteCount)) {
      throw damaged(
          "a string of " + text.length() + " characters", 2 * byteCount + " lower-case hex digits");
    }
    return StrictHex.parse(path(), text, byteCount);
  }

  /// Takes an integer from 0 on, written in plain digits.
  long integer() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, next(), "an integer");
    String text = text();
    if (text.charAt(0) == '-' || text.length() > DIGITS_MAX) {
      throw damaged(text, "an integer from 0 on, of at most 18 digits");
    }
    return Long.parseLong(text);
  }

  /// Takes the end of the text: nothing but white space may be left.
  void end() throws IOException {
    JsonToken token = next();
    if (token != null) {
      throw damaged("more text after the end", "nothing after the closing brace");
    }
  }

  /// The error for a wrong value at the present place.
  ManifestException damaged(String found, String expected) {
    return new ManifestException(Kind.DAMAGED, path(), found + " (expected: " + expected + ")");
  }

  private void expect(JsonToken wanted, @Nullable JsonToken token, String expected)
      throws ManifestException {
    if (token != wanted) {
      throw damaged(name(token), expected);
    }
  }

  private static String name(@Nullable JsonToken token) {
    return switch (token) {
      case null -> "the end of the text";
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a number that is not written as an integer";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "no value";
    };
  }

  private @Nullable JsonToken next() throws IOException {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw placed(e);
    }
  }

  private String text() throws IOException {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw placed(e);
    }
  }

  /// What `e` means, at the present place. Only the failures of the source itself keep their cause.
  private IOException placed(IOException e) {
    return switch (e) {
      case ManifestException known -> new ManifestException(known.kind(), path(), known.problem());
      case StreamConstraintsException _ ->
          damaged("a text or number that is too long, or nesting that is too deep", "a manifest");
      case JsonProcessingException json when isDuplicate(json) ->
          damaged("a field that was there before", "each field once");
      case JsonProcessingException json -> damaged("no JSON" + location(json), "JSON");
      default -> e;
    };
  }

  // The parser has no other way to tell a duplicate; a test notices when the wording changes.
  private static boolean isDuplicate(JsonProcessingException e) {
    return e.getOriginalMessage().startsWith("Duplicate field");
  }

  private static String location(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
      if (at.inArray() && at.hasCurrentIndex()) {
        path.insert(0, "[" + at.getCurrentIndex() + "]");
      } else if (at.inObject() && at.hasCurrentName()) {
        path.insert(0, "." + shownName(at.getCurrentName()));
      }
    }
    return path.insert(0, "$").toString();
  }

  /// A field's name, or `?` for one that no manifest has: it may be a secret out of place.
  private static String shownName(String name) {
    boolean plain = name.length() <= SHOWN_NAME_CHARS_MAX && !name.isEmpty();
    for (int i = 0; i < name.length() && plain; i++) {
      plain = Character.isLetter(name.charAt(i));
    }
    return plain ? name : "?";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
