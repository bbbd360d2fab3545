package io.quintet.dht.net.rpc;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.LiteralAddress;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.records.Burial;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Responses as JSON.
///
/// A loopback address means something on one machine only: it is neither told to callers from
/// elsewhere nor believed when nodes from elsewhere tell it, so that nobody can make a node call
/// services of its own machine.
final class ResponseJson {
  /// Providers in one response, so that it stays below [DhtRpcClient#RESPONSE_BYTES_MAX].
  static final int PROVIDERS_PER_RESPONSE_MAX = 6_000;

  private static final int CONTACTS_MAX = 256;

  private ResponseJson() {}

  /// Who gets a response.
  ///
  /// @param sourceHost the literal address that it asks from
  /// @param self this node, which it may always know: it takes the address that it called
  record Asker(String sourceHost, Key self) {
    List<Contact> tellable(List<Contact> contacts) {
      return contacts.stream()
          .filter(
              each -> each.id().equals(self) || LiteralAddress.isTellable(each.host(), sourceHost))
          .toList();
    }
  }

  static Buffer pong(SelfDescription self, byte[] publicKey, byte[] signature) {
    HexFormat hex = HexFormat.of();
    return JsonText.object(json -> {
      json.writeStringField("id", self.id().toString());
      json.writeStringField("publicKey", hex.formatHex(publicKey));
      json.writeStringField("signature", hex.formatHex(signature));
      json.writeNumberField("boot", self.boot());
      if (self.host() != null) {
        json.writeStringField("host", self.host());
        json.writeNumberField("port", self.port());
      }
    });
  }

  /// @param asker who gets it
  static Buffer nodes(DhtResponse.Nodes nodes, Asker asker) {
    return JsonText.object(
        json -> JsonText.contacts(json, "contacts", asker.tellable(nodes.contacts())));
  }

  /// @param asker who gets it
  static Buffer values(DhtResponse.Values values, Asker asker) {
    int perKey = Math.max(1, PROVIDERS_PER_RESPONSE_MAX / Math.max(1, values.found().size()));
    return JsonText.object(json -> {
      json.writeArrayFieldStart("found");
      for (DhtResponse.Providers each : values.found()) {
        List<Contact> tellable = asker.tellable(each.providers());
        if (!tellable.isEmpty()) {
          json.writeStartObject();
          json.writeStringField("key", each.key().toString());
          JsonText.contacts(
              json, "providers", tellable.subList(0, Math.min(perKey, tellable.size())));
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      JsonText.contacts(json, "contacts", asker.tellable(values.contacts()));
    });
  }

  /// @param burials what was done with the tombstones of the request, in its order
  static Buffer stored(DhtResponse.Stored stored, List<Burial> burials) {
    return JsonText.object(json -> {
      json.writeNumberField("accepted", stored.accepted());
      json.writeStringField("refusal", stored.refusal());
      TombstoneJson.write(json, stored.tombstones());
      TombstoneJson.writeBurials(json, burials);
    });
  }

  /// Reads the response to any request but a ping.
  ///
  /// @param responder who answered: in what it tells, its own id means the address that answered
  /// @throws io.quintet.dht.net.BadRequestException when the body is no response to `request`
  static DhtResponse decode(DhtRequest request, Buffer body, Contact responder) {
    JsonFields fields = JsonFields.of(body);
    return switch (request) {
      case DhtRequest.Ping _ -> throw new IllegalArgumentException("a pong carries a proof");
      case DhtRequest.FindNode _ -> new DhtResponse.Nodes(contacts(fields, "contacts", responder));
      case DhtRequest.FindValue(Key _, List<Key> keys) ->
          new DhtResponse.Values(
              found(fields, keys.size(), responder), contacts(fields, "contacts", responder));
      case DhtRequest.Store(List<Key> keys) ->
          new DhtResponse.Stored(
              (int) fields.integer("accepted", 0, keys.size()),
              fields.text("refusal", 256),
              TombstoneJson.optional(fields, TombstoneJson.PER_ANSWER_MAX));
    };
  }

  private static List<DhtResponse.Providers> found(
      JsonFields fields, int countMax, Contact responder) {
    List<DhtResponse.Providers> found = new ArrayList<>();
    for (JsonFields each : fields.objects("found", countMax)) {
      List<Contact> providers = contacts(each, "providers", responder);
      Key key = each.key("key");
      if (!providers.isEmpty()) {
        found.add(new DhtResponse.Providers(key, providers));
      }
    }
    return found;
  }

  private static List<Contact> contacts(JsonFields fields, String name, Contact responder) {
    List<Contact> contacts = new ArrayList<>();
    for (JsonFields each : fields.objects(name, CONTACTS_MAX)) {
      Key id = each.key("id");
      String host = each.text("host", 45);
      int port = (int) each.integer("port", 1, 65_535);
      if (!LiteralAddress.isUnicast(host)) {
        throw each.refuse("host", "a literal IP address of one machine");
      }
      if (id.equals(responder.id())) {
        contacts.add(responder);
      } else if (LiteralAddress.isTellable(host, responder.host())) {
        contacts.add(new Contact(id, host, port));
      }
    }
    return contacts;
  }
}
