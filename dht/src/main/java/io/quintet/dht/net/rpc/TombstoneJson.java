package io.quintet.dht.net.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.json.JsonFields;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.DeleteSecret;
import io.quintet.dht.records.Tombstone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tombstones in the bodies of `store`: the request's, which are to be kept, and the answer's,
/// which whoever announced deleted chunks did not know yet.
final class TombstoneJson {
  /// Tombstones in one answer: a few for each key of a call.
  static final int PER_ANSWER_MAX = 4_000;

  private TombstoneJson() {}

  /// Writes the member `tombstones`, or nothing when there are none.
  static void write(JsonGenerator json, List<Tombstone> tombstones) throws IOException {
    if (tombstones.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tombstones");
    for (Tombstone each : tombstones.subList(0, Math.min(tombstones.size(), PER_ANSWER_MAX))) {
      json.writeStartObject();
      json.writeStringField("id", each.id().toString());
      json.writeStringField("secret", each.secret().hex());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Reads the member `tombstones`; none when it is not there.
  static List<Tombstone> optional(JsonFields fields, int countMax) {
    List<Tombstone> tombstones = new ArrayList<>();
    for (JsonFields each : fields.objectsIfAny("tombstones", countMax)) {
      Key id = each.key("id");
      byte[] secret = each.hex("secret", DeleteSecret.BYTES, DeleteSecret.BYTES);
      tombstones.add(new Tombstone(id, DeleteSecret.of(secret)));
    }
    return tombstones;
  }

  /// Writes the member `burials`, or nothing when there are none.
  static void writeBurials(JsonGenerator json, List<Burial> burials) throws IOException {
    if (burials.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("burials");
    for (Burial each : burials) {
      json.writeString(each.name().toLowerCase(Locale.ROOT));
    }
    json.writeEndArray();
  }

  /// Reads the member `burials`: exactly `count` outcomes.
  static List<Burial> burials(JsonFields fields, int count) {
    List<Burial> burials = new ArrayList<>();
    for (String name : fields.texts("burials", count, 16)) {
      burials.add(
          switch (name) {
            case "deleted" -> Burial.DELETED;
            case "kept" -> Burial.KEPT;
            case "refused" -> Burial.REFUSED;
            case "failed" -> Burial.FAILED;
            default -> throw fields.refuse("burials", "deleted, kept, refused or failed");
          });
    }
    if (burials.size() != count) {
      throw fields.refuse("burials", "an array of " + count);
    }
    return burials;
  }
}
