package io.quintet.dht.net.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Writes one JSON object.
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /// What is written between the braces.
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  static Buffer object(Members members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory took no JSON", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  static void keys(JsonGenerator json, String name, List<Key> keys) throws IOException {
    json.writeArrayFieldStart(name);
    for (Key key : keys) {
      json.writeString(key.toString());
    }
    json.writeEndArray();
  }

  static void contacts(JsonGenerator json, String name, List<Contact> contacts) throws IOException {
    json.writeArrayFieldStart(name);
    for (Contact contact : contacts) {
      json.writeStartObject();
      json.writeStringField("id", contact.id().toString());
      json.writeStringField("host", contact.host());
      json.writeNumberField("port", contact.port());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
