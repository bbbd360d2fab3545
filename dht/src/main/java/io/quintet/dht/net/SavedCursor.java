package io.quintet.dht.net;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How far a node's announcement of its chunks has come, in the file `republish-<network>.cursor`
/// of a directory: one key as 64 hex digits and a line end. A restart goes on there, so that a node
/// that is restarted often announces all its chunks and not always the first ones.
///
/// Blocks on the disk: not for event loops. One thread at a time.
public final class SavedCursor {
  private static final Logger LOG = LoggerFactory.getLogger(SavedCursor.class);
  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}\\n?");
  private static final int FILE_BYTES_MAX = 65;

  private final Path file;
  private Optional<Key> saved = Optional.empty();

  /// The file of one network in `directory`, which need not exist before [#save].
  ///
  /// @throws IllegalArgumentException when `network` cannot be a network's name
  public SavedCursor(Path directory, String network) {
    if (!DhtOptions.NETWORK_NAME.matcher(network).matches()) {
      throw new IllegalArgumentException("network: '" + Shown.of(network, 64) + "'");
    }
    this.file = directory.resolve("republish-" + network + ".cursor");
  }

  /// Where it is kept.
  public Path file() {
    return file;
  }

  /// The saved cursor; empty when there is none, or none that can be read: then the announcement
  /// begins with the first chunk.
  public Optional<Key> load() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String text = PrivateFile.read(file, FILE_BYTES_MAX);
      if (TEXT.matcher(text).matches()) {
        saved = Optional.of(Key.fromHex(text.strip()));
        return saved;
      }
      LOG.debug("{} is ignored: it is no key", file);
    } catch (IOException e) {
      LOG.debug("{} is ignored: {}", file, e.getMessage());
    }
    return Optional.empty();
  }

  /// Replaces the saved cursor, at once or not at all; without effect when it is the saved one.
  ///
  /// @throws IOException when it cannot be written; the earlier one is still there then
  public void save(Key cursor) throws IOException {
    if (saved.equals(Optional.of(cursor))) {
      return;
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    PrivateFile.replace(file, cursor + "\n");
    saved = Optional.of(cursor);
  }
}
