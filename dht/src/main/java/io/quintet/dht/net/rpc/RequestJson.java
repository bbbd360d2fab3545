package io.quintet.dht.net.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.LiteralAddress;
import io.quintet.dht.net.NodeIdentity;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests as JSON.
final class RequestJson {
  private RequestJson() {}

  /// A request as it came in.
  ///
  /// @param from the sender; null for a client
  /// @param boot which run of the sender calls, as it says itself; 0 when it does not say
  /// @param nonce what a ping asks to be signed; null for other requests
  /// @param tombstones what comes with a store, empty for other requests
  /// @param proof what must hold before a withdrawal, or a store of a sender from elsewhere,
  ///   counts; null when nothing must
  record Incoming(
      @Nullable Contact from,
      long boot,
      DhtRequest request,
      @Nullable Nonce nonce,
      List<Tombstone> tombstones,
      @Nullable SignedStore proof) {
    Incoming(@Nullable Contact from, long boot, DhtRequest request, @Nullable Nonce nonce) {
      this(from, boot, request, nonce, List.of(), null);
    }
  }

  /// A signature that says whom a store or a withdrawal is from, not checked yet.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record SignedStore(byte[] publicKey, byte[] signature) {}

  /// The last part of the path that `request` is posted to.
  static String operation(DhtRequest request) {
    return switch (request) {
      case DhtRequest.Ping _ -> "ping";
      case DhtRequest.FindNode _ -> "find_node";
      case DhtRequest.FindValue _ -> "find_value";
      case DhtRequest.Store _, DhtRequest.Withdraw _ -> "store";
    };
  }

  /// @param self null for a client
  /// @param nonce of a ping; not used by other requests
  static Buffer encode(
      String network, @Nullable SelfDescription self, DhtRequest request, Nonce nonce) {
    return encode(network, self, request, nonce, null);
  }

  /// @param proof of a store by a node that is reached elsewhere, and of each withdrawal
  static Buffer encode(
      String network,
      @Nullable SelfDescription self,
      DhtRequest request,
      Nonce nonce,
      @Nullable SignedStore proof) {
    return JsonText.object(json -> {
      json.writeStringField("net", network);
      switch (request) {
        case DhtRequest.Ping() -> json.writeStringField("nonce", nonce.hex());
        case DhtRequest.FindNode(Key target) -> json.writeStringField("target", target.toString());
        case DhtRequest.FindValue(Key target, List<Key> keys) -> {
          json.writeStringField("target", target.toString());
          JsonText.keys(json, "keys", keys);
        }
        case DhtRequest.Store(List<Key> keys) -> JsonText.keys(json, "keys", keys);
        case DhtRequest.Withdraw _ -> {
          JsonText.keys(json, "keys", List.of());
          json.writeBooleanField("withdraw", true);
        }
      }
      if (self != null) {
        from(json, self, proof);
      }
    });
  }

  /// A store that provides nothing and says that chunks are deleted.
  static Buffer encodeTombstones(
      String network, @Nullable SelfDescription self, List<Tombstone> tombstones) {
    return JsonText.object(json -> {
      json.writeStringField("net", network);
      JsonText.keys(json, "keys", List.of());
      TombstoneJson.write(json, tombstones);
      if (self != null) {
        from(json, self, null);
      }
    });
  }

  /// @param keysMax keys in one call
  /// @param sourceHost the literal address that the connection came from
  /// @throws io.quintet.dht.net.BadRequestException when the body is anything but a request of this
  ///   operation in this network
  static Incoming decode(
      String operation, Buffer body, String network, int keysMax, String sourceHost) {
    JsonFields fields = JsonFields.of(body);
    if (!fields.text("net", 64).equals(network)) {
      throw fields.refuse("net", "'" + network + "'");
    }
    JsonFields told = fields.optional("from");
    Contact from = sender(told, sourceHost);
    long boot = told != null && told.has("boot") ? told.integer("boot", 1, Long.MAX_VALUE) : 0;
    return switch (operation) {
      case "ping" ->
          new Incoming(
              from,
              boot,
              new DhtRequest.Ping(),
              new Nonce(HexFormat.of().formatHex(fields.hex("nonce", Nonce.BYTES, Nonce.BYTES))));
      case "find_node" ->
          new Incoming(from, boot, new DhtRequest.FindNode(fields.key("target")), null);
      case "find_value" ->
          new Incoming(
              from,
              boot,
              new DhtRequest.FindValue(fields.key("target"), fields.keys("keys", keysMax)),
              null);
      case "store" -> {
        List<Key> keys = fields.keys("keys", keysMax);
        if (fields.flag("withdraw")) {
          yield withdrawal(fields, keys, told, from, boot);
        }
        yield new Incoming(
            from,
            boot,
            new DhtRequest.Store(keys),
            null,
            TombstoneJson.optional(fields, keysMax),
            told == null || from == null || from.host().equals(sourceHost) || keys.isEmpty()
                ? null
                : signed(told));
      }
      default ->
          throw new io.quintet.dht.net.BadRequestException(
              "$", operation, "ping, find_node, find_value or store");
    };
  }

  private static Incoming withdrawal(
      JsonFields fields,
      List<Key> keys,
      @Nullable JsonFields told,
      @Nullable Contact from,
      long boot) {
    if (told == null) {
      throw fields.refuse("from", "who withdraws");
    }
    if (!keys.isEmpty()) {
      throw fields.refuse("keys", "none: all records are withdrawn");
    }
    DhtRequest request = new DhtRequest.Withdraw(told.key("id"));
    return new Incoming(from, boot, request, null, List.of(), signed(told));
  }

  private static @Nullable Contact sender(@Nullable JsonFields from, String sourceHost) {
    if (from == null) {
      return null;
    }
    Key id = from.key("id");
    int port = (int) from.integer("port", 1, 65_535);
    String advertised = from.has("host") ? from.text("host", 45) : sourceHost;
    if (from.has("host")
        && !(LiteralAddress.isUnicast(advertised)
            && LiteralAddress.isTellable(advertised, sourceHost))) {
      throw from.refuse("host", "a literal IP address of one machine");
    }
    // A source with a zone (fe80::1%eth0) means nothing elsewhere: its node is heard as a client.
    return LiteralAddress.isUnicast(advertised) ? new Contact(id, advertised, port) : null;
  }

  private static SignedStore signed(JsonFields from) {
    return new SignedStore(
        from.hex("publicKey", 1, NodeIdentity.PUBLIC_KEY_BYTES_MAX),
        from.hex("signature", 1, NodeIdentity.SIGNATURE_BYTES_MAX));
  }

  private static void from(JsonGenerator json, SelfDescription self, @Nullable SignedStore proof)
      throws IOException {
    json.writeObjectFieldStart("from");
    json.writeStringField("id", self.id().toString());
    json.writeNumberField("port", self.port());
    json.writeNumberField("boot", self.boot());
    if (self.host() != null) {
      json.writeStringField("host", self.host());
    }
    if (proof != null) {
      HexFormat hex = HexFormat.of();
      json.writeStringField("publicKey", hex.formatHex(proof.publicKey()));
      json.writeStringField("signature", hex.formatHex(proof.signature()));
    }
    json.writeEndObject();
  }
}
