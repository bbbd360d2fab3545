package io.quintet.manifest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// The golden vectors of version 1; their README says where they come from.
public final class Vectors {
  /// The names of the valid manifests, in the order of [SampleManifests#all].
  static final List<String> VALID =
      List.of("empty", "one-chunk", "repeats", "taken-over", "redacted");

  /// An invalid manifest, and how it is refused.
  record Invalid(String name, ManifestException.Kind kind, String path) {
    byte[] text() {
      return bytes("manifests/invalid/" + name + ".manifest");
    }
  }

  private Vectors() {}

  static byte[] valid(String name) {
    return bytes("manifests/valid/" + name + ".manifest");
  }

  static List<Invalid> invalid() {
    return text("manifests/invalid/expected.tsv")
        .lines()
        .map(line -> line.split("\t", -1))
        .map(f -> new Invalid(f[0], ManifestException.Kind.valueOf(f[1]), f[2]))
        .toList();
  }

  /// The blob vectors.
  public static List<JsonObject> blobs() {
    return new JsonArray(text("blobs.json")).stream().map(JsonObject.class::cast).toList();
  }

  /// The Merkle vectors.
  public static JsonObject merkle() {
    return new JsonObject(text("merkle.json"));
  }

  /// The bytes of the hex field `name`.
  public static byte[] hex(JsonObject vector, String name) {
    return HexFormat.of().parseHex(vector.getString(name));
  }

  private static String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String path) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/v1/" + path)) {
      return Objects.requireNonNull(in, path).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("vector " + path, e);
    }
  }
}
