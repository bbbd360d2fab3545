package io.quintet.dht.net;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.json.JsonFields;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contacts of an earlier run, in the file `peers-<network>.json` of a directory, so that the
/// next run finds the network again where no broadcast reaches.
///
/// What is read is worth a ping and nothing more. Blocks on the disk: not for event loops.
public final class SavedPeers {
  /// Contacts that are kept; more are not written, and not read.
  public static final int CONTACTS_MAX = 64;

  private static final Logger LOG = LoggerFactory.getLogger(SavedPeers.class);
  private static final int FILE_BYTES_MAX = 64 * 1_024;
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;

  /// The file of one network in `directory`, which need not exist before [#save].
  ///
  /// @throws IllegalArgumentException when `network` cannot be a network's name
  public SavedPeers(Path directory, String network) {
    if (!DhtOptions.NETWORK_NAME.matcher(network).matches()) {
      throw new IllegalArgumentException("network: '" + Shown.of(network, 64) + "'");
    }
    this.file = directory.resolve("peers-" + network + ".json");
  }

  /// Where they are kept.
  public Path file() {
    return file;
  }

  /// The saved contacts, one per node; empty when there is no file, or none that can be read: then
  /// the next [#save] replaces it.
  public List<Contact> load() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return read(JsonFields.of(Buffer.buffer(PrivateFile.read(file, FILE_BYTES_MAX))));
    } catch (IOException | BadRequestException e) {
      LOG.warn("the saved peers in {} are ignored: {}", file, e.getMessage());
      return List.of();
    }
  }

  /// Replaces the saved contacts by the first [#CONTACTS_MAX] of `contacts`, at once or not at all.
  ///
  /// @throws IOException when they cannot be written; the earlier ones are still there then
  public void save(Collection<Contact> contacts) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    PrivateFile.replace(file, text(contacts));
  }

  private static List<Contact> read(JsonFields fields) {
    fields.integer("version", VERSION, VERSION);
    Map<Key, Contact> contacts = new LinkedHashMap<>();
    for (JsonFields each : fields.objects("contacts", CONTACTS_MAX)) {
      Key id = each.key("id");
      String host = each.text("host", 45);
      int port = (int) each.integer("port", 1, 65_535);
      if (!LiteralAddress.isUnicast(host)) {
        throw each.refuse("host", "a literal IP address of one machine");
      }
      contacts.putIfAbsent(id, new Contact(id, host, port));
    }
    return List.copyOf(contacts.values());
  }

  private static String text(Collection<Contact> contacts) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("contacts");
      int written = 0;
      for (Contact contact : contacts) {
        if (written++ == CONTACTS_MAX) {
          break;
        }
        json.writeStartObject();
        json.writeStringField("id", contact.id().toString());
        json.writeStringField("host", contact.host());
        json.writeNumberField("port", contact.port());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text + "\n";
  }
}
