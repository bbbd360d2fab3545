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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /// Each provider is written once, and named by its number for each key: a few nodes provide
  /// hundreds of keys.
  ///
  /// @param keys what was asked
  /// @param asker who gets it
  static Buffer values(List<Key> keys, DhtResponse.Values values, Asker asker) {
    int perKey = Math.max(1, PROVIDERS_PER_RESPONSE_MAX / Math.max(1, values.found().size()));
    Map<Key, List<Contact>> found = new HashMap<>();
    for (DhtResponse.Providers each : values.found()) {
      List<Contact> tellable = asker.tellable(each.providers());
      found.put(each.key(), tellable.subList(0, Math.min(perKey, tellable.size())));
    }
    Map<Contact, Integer> numbers = new LinkedHashMap<>();
    return JsonText.object(json -> {
      json.writeArrayFieldStart("found");
      for (Key key : keys) {
        json.writeStartArray();
        for (Contact provider : found.getOrDefault(key, List.of())) {
          json.writeNumber(numbers.computeIfAbsent(provider, added -> numbers.size()));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
      JsonText.contacts(json, "providers", List.copyOf(numbers.keySet()));
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
      case DhtRequest.FindNode _ -> new DhtResponse.Nodes(contacts(fields, responder));
      case DhtRequest.FindValue(Key _, List<Key> keys) ->
          new DhtResponse.Values(found(fields, keys, responder), contacts(fields, responder));
      case DhtRequest.Store(List<Key> keys) ->
          new DhtResponse.Stored(
              (int) fields.integer("accepted", 0, keys.size()),
              fields.text("refusal", 256),
              TombstoneJson.optional(fields, TombstoneJson.PER_ANSWER_MAX));
      case DhtRequest.Withdraw _ ->
          new DhtResponse.Stored(
              (int) fields.integer("accepted", 0, 0), fields.text("refusal", 256));
    };
  }

  private static List<DhtResponse.Providers> found(
      JsonFields fields, List<Key> keys, Contact responder) {
    List<@Nullable Contact> named = new ArrayList<>();
    for (JsonFields each : fields.objects("providers", PROVIDERS_PER_RESPONSE_MAX)) {
      named.add(contact(each, responder));
    }
    List<DhtResponse.Providers> found = new ArrayList<>();
    List<int[]> numbers = fields.numberLists("found", keys.size(), CONTACTS_MAX, named.size());
    for (int i = 0; i < numbers.size(); i++) {
      List<Contact> providers = new ArrayList<>();
      for (int number : numbers.get(i)) {
        Contact provider = named.get(number);
        if (provider != null) {
          providers.add(provider);
        }
      }
      if (!providers.isEmpty()) {
        found.add(new DhtResponse.Providers(keys.get(i), providers));
      }
    }
    return found;
  }

  private static List<Contact> contacts(JsonFields fields, Contact responder) {
    List<Contact> contacts = new ArrayList<>();
    for (JsonFields each : fields.objects("contacts", CONTACTS_MAX)) {
      Contact contact = contact(each, responder);
      if (contact != null) {
        contacts.add(contact);
      }
    }
    return contacts;
  }

  /// A contact that was told; null when its address means nothing here.
  private static @Nullable Contact contact(JsonFields told, Contact responder) {
    Key id = told.key("id");
    String host = told.text("host", 45);
    int port = (int) told.integer("port", 1, 65_535);
    if (!LiteralAddress.isUnicast(host)) {
      throw told.refuse("host", "a literal IP address of one machine");
    }
    if (id.equals(responder.id())) {
      return responder;
    }
    return LiteralAddress.isTellable(host, responder.host()) ? new Contact(id, host, port) : null;
  }
}
