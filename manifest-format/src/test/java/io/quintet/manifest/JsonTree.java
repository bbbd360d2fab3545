package io.quintet.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// JSON as a tree that keeps the spelling of its leaves, so that any token can be changed into
/// anything, valid or not.
sealed interface JsonTree {
  /// A string, number, boolean or null, or whatever a mutation puts in its place.
  ///
  /// @param text the exact text, with the quotes of a string
  record Leaf(String text) implements JsonTree {
    @Override
    public String toString() {
      return text;
    }

    boolean isString() {
      return text.startsWith("\"");
    }
  }

  /// An array.
  record Items(List<JsonTree> items) implements JsonTree {
    @Override
    public String toString() {
      return items.stream().map(JsonTree::toString).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /// An object.
  record Fields(List<Field> fields) implements JsonTree {
    @Override
    public String toString() {
      return fields.stream().map(Field::toString).collect(Collectors.joining(",", "{", "}"));
    }
  }

  /// A field of an object.
  ///
  /// @param name the exact text, with its quotes
  record Field(String name, JsonTree value) {
    @Override
    public String toString() {
      return name + ":" + value;
    }
  }

  /// Reads valid JSON.
  static JsonTree parse(String text) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return parse(parser);
    }
  }

  private static JsonTree parse(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<JsonTree> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(parse(parser));
      }
      return new Items(items);
    }
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      List<Field> fields = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = '"' + parser.currentName() + '"';
        parser.nextToken();
        fields.add(new Field(name, parse(parser)));
      }
      return new Fields(fields);
    }
    boolean string = parser.currentToken() == JsonToken.VALUE_STRING;
    return new Leaf(string ? '"' + parser.getText() + '"' : parser.getText());
  }
}
