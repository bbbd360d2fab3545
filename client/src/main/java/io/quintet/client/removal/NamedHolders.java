package io.quintet.client.removal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.dht.id.Key;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The nodes that confirmed each chunk when the file was put, as the receipt of that put names
/// them: the only ones who know of a holder that has been away for longer than records live.
final class NamedHolders {
  private static final int HOLDERS_MAX = 64;
  private static final int TEXT_MAX = 64;
  private static final int DEPTH_MAX = 2;

  private final Map<Key, Set<Key>> holders = new HashMap<>();

  private NamedHolders() {}

  /// Nobody is named.
  static NamedHolders none() {
    return new NamedHolders();
  }

  /// Reads the receipt `asked`; without it the one beside the manifest, `FILE.manifest.receipt` or
  /// `FILE.receipt`, if there is one.
  ///
  /// @param wanted which chunks matter; others are passed over
  /// @throws UserException with `UNAVAILABLE` when it cannot be read, `INTEGRITY` when it is no
  ///   receipt
  static NamedHolders read(@Nullable Path asked, Path manifest, Predicate<Key> wanted) {
    Path file = asked == null ? beside(manifest) : asked;
    NamedHolders read = new NamedHolders();
    if (file == null) {
      return read;
    }
    // What is parsed is bounded by what is kept: chunks of the manifest, and a few holders each.
    JsonFactory json =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNameLength(TEXT_MAX)
                    .maxStringLength(TEXT_MAX)
                    .build())
            .build();
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = json.createParser(in)) {
      read.parse(parser, wanted);
      return read;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UserException(
          ExitCode.INTEGRITY,
          file + " is no receipt of a put",
          "name the file that put --receipt wrote, or move this one away",
          e);
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "cannot read the receipt " + file,
          "check its name and permissions",
          e);
    }
  }

  private static @Nullable Path beside(Path manifest) {
    String name = String.valueOf(manifest.getFileName());
    String bare = name.endsWith(".manifest") ? name.substring(0, name.length() - 9) : name;
    for (String each : List.of(name + ".receipt", bare + ".receipt")) {
      Path file = manifest.resolveSibling(each);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  private void parse(JsonParser parser, Predicate<Key> wanted) throws IOException {
    Map<Key, Key> nodes = new HashMap<>();
    expect(parser, parser.nextToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Key chunk = key(parser, parser.currentName());
      Set<Key> named = new TreeSet<>();
      expect(parser, parser.nextToken() == JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        Key node = key(parser, parser.getText());
        expect(parser, named.size() < HOLDERS_MAX);
        named.add(nodes.computeIfAbsent(node, same -> same));
      }
      expect(parser, parser.currentToken() == JsonToken.END_ARRAY);
      if (wanted.test(chunk)) {
        holders.put(chunk, named);
      }
    }
    expect(parser, parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
  }

  private static Key key(JsonParser parser, String text) throws IOException {
    expect(parser, Key.isHex(text));
    return Key.fromHex(text);
  }

  private static void expect(JsonParser parser, boolean fits) throws IOException {
    if (!fits) {
      throw new com.fasterxml.jackson.core.JsonParseException(parser, "not what a receipt has");
    }
  }

  /// Who confirmed `chunk`; nobody when the receipt does not say.
  Set<Key> of(Key chunk) {
    return holders.getOrDefault(chunk, Set.of());
  }
}
