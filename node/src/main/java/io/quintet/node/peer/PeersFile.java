package io.quintet.node.peer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contacts of the last run: hints for the next one, each only worth a ping. So a file that is
/// missing or damaged costs nothing but time.
final class PeersFile {
  private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);
  private static final int PEERS_MAX = 256;
  private static final long BYTES_MAX = 1 << 20;

  private final Path file;

  PeersFile(Path file) {
    this.file = file;
  }

  /// What was saved; empty when nothing usable is there.
  List<Contact> load() {
    try {
      if (!Files.exists(file) || Files.size(file) > BYTES_MAX) {
        return List.of();
      }
      JsonArray saved = new JsonArray(Files.readString(file));
      List<Contact> peers = new ArrayList<>();
      for (int i = 0; i < Math.min(saved.size(), PEERS_MAX); i++) {
        JsonObject peer = saved.getJsonObject(i);
        Key id = Key.fromHex(peer.getString("id"));
        peers.add(new Contact(id, peer.getString("host"), peer.getInteger("port")));
      }
      return peers;
    } catch (IOException | RuntimeException e) {
      LOG.warn("the saved peers in {} cannot be used", file, e);
      return List.of();
    }
  }

  /// Replaces what was saved, unless nobody is known.
  void save(Collection<Contact> peers) {
    if (peers.isEmpty()) {
      return;
    }
    JsonArray saved = new JsonArray();
    for (Contact peer : peers) {
      if (saved.size() < PEERS_MAX) {
        saved.add(
            new JsonObject()
                .put("id", peer.id().toString())
                .put("host", peer.host())
                .put("port", peer.port()));
      }
    }
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(temporary, saved.encode() + "\n");
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("the peers cannot be saved in {}", file, e);
    }
  }
}
