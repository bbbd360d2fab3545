package io.quintet.dht.net.udp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.quintet.dht.net.LiteralAddress;
import io.quintet.dht.net.json.JsonFields;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Beacons as JSON datagrams of one network.
///
/// A question is padded to at least the size of the longest answer to it, so that its sender, who
/// may have lied about the address, cannot make others send more than it sends itself.
public final class BeaconJson {
  /// No datagram is longer: this passes every link without fragments.
  public static final int BYTES_MAX = 1_200;

  /// Chunks in one question.
  public static final int IDS_MAX = 13;

  /// A WHO is padded to this; no HELLO is longer.
  static final int WHO_BYTES = 320;

  private static final int NONCE_BYTES = 16;
  private static final JsonFactory JSON = new JsonFactory();

  private final String network;

  /// @param network the network's name
  public BeaconJson(String network) {
    this.network = network;
  }

  /// The datagram.
  public Buffer encode(Beacon beacon) {
    return switch (beacon) {
      case Beacon.Who _ -> padded(beacon, WHO_BYTES);
      case Beacon.QueryChunk _ -> padded(beacon, BYTES_MAX);
      case Beacon.Hello _, Beacon.Have _, Beacon.Goodbye _ -> Buffer.buffer(json(beacon, -1));
    };
  }

  /// The content of a datagram, null when it is of another network or no beacon at all.
  public @Nullable Beacon decode(Buffer datagram) {
    if (datagram.length() > BYTES_MAX) {
      return null;
    }
    try {
      JsonFields fields = JsonFields.of(datagram);
      return fields.text("net", 64).equals(network) ? read(fields) : null;
    } catch (BadRequestException e) {
      // Anybody can send anything to an open port: strangers' nonsense is counted, not reported.
      return null;
    }
  }

  private static @Nullable Beacon read(JsonFields fields) {
    return switch (fields.text("type", 16)) {
      case "HELLO" ->
          new Beacon.Hello(
              fields.key("id"),
              port(fields),
              host(fields),
              fields.integer("boot", 0, Long.MAX_VALUE),
              fields.integer("seq", 0, Long.MAX_VALUE));
      case "WHO" -> new Beacon.Who();
      case "QUERY_CHUNK" -> new Beacon.QueryChunk(nonce(fields), fields.keys("ids", IDS_MAX));
      case "I_HAVE" ->
          new Beacon.Have(
              fields.key("id"),
              port(fields),
              host(fields),
              nonce(fields),
              fields.keys("ids", IDS_MAX));
      case "GOODBYE" -> new Beacon.Goodbye(fields.key("id"), port(fields), host(fields));
      default -> null;
    };
  }

  private static int port(JsonFields fields) {
    return (int) fields.integer("port", 1, 65_535);
  }

  private static @Nullable String host(JsonFields fields) {
    if (!fields.has("host")) {
      return null;
    }
    String host = fields.text("host", 45);
    if (!LiteralAddress.isUnicast(host)) {
      throw fields.refuse("host", "a literal IP address of one machine");
    }
    return host;
  }

  private static String nonce(JsonFields fields) {
    return HexFormat.of().formatHex(fields.hex("nonce", NONCE_BYTES, NONCE_BYTES));
  }

  private Buffer padded(Beacon beacon, int bytes) {
    int bare = json(beacon, 0).length;
    return Buffer.buffer(json(beacon, Math.max(0, bytes - bare)));
  }

  /// @param padding length of the member `pad`; none when negative
  private byte[] json(Beacon beacon, int padding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("net", network);
      write(json, beacon);
      if (padding >= 0) {
        json.writeStringField("pad", " ".repeat(padding));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory took no JSON", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Beacon beacon) throws IOException {
    switch (beacon) {
      case Beacon.Hello hello -> {
        json.writeStringField("type", "HELLO");
        node(json, hello.id(), hello.port(), hello.host());
        json.writeNumberField("boot", hello.boot());
        json.writeNumberField("seq", hello.seq());
      }
      case Beacon.Who _ -> json.writeStringField("type", "WHO");
      case Beacon.QueryChunk query -> {
        json.writeStringField("type", "QUERY_CHUNK");
        json.writeStringField("nonce", query.nonce());
        ids(json, query.ids());
      }
      case Beacon.Have have -> {
        json.writeStringField("type", "I_HAVE");
        node(json, have.id(), have.port(), have.host());
        json.writeStringField("nonce", have.nonce());
        ids(json, have.ids());
      }
      case Beacon.Goodbye goodbye -> {
        json.writeStringField("type", "GOODBYE");
        node(json, goodbye.id(), goodbye.port(), goodbye.host());
      }
    }
  }

  private static void node(JsonGenerator json, Key id, int port, @Nullable String host)
      throws IOException {
    json.writeStringField("id", id.toString());
    json.writeNumberField("port", port);
    if (host != null) {
      json.writeStringField("host", host);
    }
  }

  private static void ids(JsonGenerator json, List<Key> ids) throws IOException {
    json.writeArrayFieldStart("ids");
    for (Key id : ids) {
      json.writeString(id.toString());
    }
    json.writeEndArray();
  }
}
