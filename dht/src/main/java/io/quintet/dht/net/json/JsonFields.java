package io.quintet.dht.net.json;

import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object by name and expectation. Every getter throws a
/// [BadRequestException] that names the place when the member is missing or is something else.
/// Members that nobody asks for are ignored, so that later versions may add some.
public final class JsonFields {
  private final String path;
  private final Map<String, @Nullable Object> members;

  private JsonFields(String path, Map<String, @Nullable Object> members) {
    this.path = path;
    this.members = members;
  }

  /// The members of a whole document.
  public static JsonFields of(Buffer document) {
    return new JsonFields("$", StrictJson.object(document));
  }

  /// Whether there is a member of that name.
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /// A string of at most `charsMax` characters.
  public String text(String name, int charsMax) {
    return text(path + "." + name, members.get(name), charsMax);
  }

  /// An integer in a range.
  public long integer(String name, long min, long max) {
    Object value = members.get(name);
    if (value instanceof Long number && number >= min && number <= max) {
      return number;
    }
    throw bad(path + "." + name, value, "an integer from " + min + " to " + max);
  }

  /// A truth value that may be left out: then false.
  public boolean flag(String name) {
    Object value = members.get(name);
    if (value == null && !members.containsKey(name)) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw bad(path + "." + name, value, "true or false");
  }

  /// A point of the identifier space.
  public Key key(String name) {
    return key(path + "." + name, members.get(name));
  }

  /// Points of the identifier space, 0 to `countMax`.
  public List<Key> keys(String name, int countMax) {
    List<?> values = list(name, countMax);
    List<Key> keys = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      keys.add(key(path + "." + name + "[" + i + "]", values.get(i)));
    }
    return keys;
  }

  /// Bytes in lower-case hex.
  public byte[] hex(String name, int bytesMin, int bytesMax) {
    Object value = members.get(name);
    if (value instanceof String text
        && text.length() % 2 == 0
        && text.length() >= 2 * bytesMin
        && text.length() <= 2 * bytesMax
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      return HexFormat.of().parseHex(text);
    }
    String length = bytesMin == bytesMax ? "" + bytesMin : bytesMin + " to " + bytesMax;
    throw bad(path + "." + name, value, length + " bytes in lower-case hex");
  }

  /// An object, or null when there is none by that name.
  public @Nullable JsonFields optional(String name) {
    return members.containsKey(name) ? object(path + "." + name, members.get(name)) : null;
  }

  /// Objects, 0 to `countMax`.
  public List<JsonFields> objects(String name, int countMax) {
    List<?> values = list(name, countMax);
    List<JsonFields> objects = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      objects.add(object(path + "." + name + "[" + i + "]", values.get(i)));
    }
    return objects;
  }

  /// The same, none when there is no member by that name.
  public List<JsonFields> objectsIfAny(String name, int countMax) {
    return members.containsKey(name) ? objects(name, countMax) : List.of();
  }

  /// Strings of at most `charsMax` characters, 0 to `countMax`.
  public List<String> texts(String name, int countMax, int charsMax) {
    List<?> values = list(name, countMax);
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      texts.add(text(path + "." + name + "[" + i + "]", values.get(i), charsMax));
    }
    return texts;
  }

  /// Lists of numbers from 0 to below `bound`: 0 to `countMax` lists of 0 to `lengthMax` each.
  public List<int[]> numberLists(String name, int countMax, int lengthMax, int bound) {
    List<?> values = list(name, countMax);
    List<int[]> lists = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      String at = path + "." + name + "[" + i + "]";
      if (!(values.get(i) instanceof List<?> list) || list.size() > lengthMax) {
        throw bad(at, values.get(i), "an array of at most " + lengthMax);
      }
      int[] numbers = new int[list.size()];
      for (int j = 0; j < numbers.length; j++) {
        if (!(list.get(j) instanceof Long number) || number < 0 || number >= bound) {
          throw bad(at, list.get(j), "numbers from 0 to below " + bound);
        }
        numbers[j] = number.intValue();
      }
      lists.add(numbers);
    }
    return lists;
  }

  /// A refusal of the member `name`, for checks that are made elsewhere.
  public BadRequestException refuse(String name, String expectation) {
    return bad(path + "." + name, members.get(name), expectation);
  }

  private List<?> list(String name, int countMax) {
    Object value = members.get(name);
    if (value instanceof List<?> list && list.size() <= countMax) {
      return list;
    }
    throw bad(path + "." + name, value, "an array of at most " + countMax);
  }

  private static Key key(String path, @Nullable Object value) {
    if (value instanceof String hex && Key.isHex(hex)) {
      return Key.fromHex(hex);
    }
    throw bad(path, value, "64 lower-case hex digits");
  }

  private static String text(String path, @Nullable Object value, int charsMax) {
    if (value instanceof String text && text.length() <= charsMax) {
      return text;
    }
    throw bad(path, value, "a string of at most " + charsMax + " characters");
  }

  // Only StrictJson makes these maps, and it makes them with names and values of these types.
  @SuppressWarnings("unchecked")
  private static JsonFields object(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new JsonFields(path, (Map<String, @Nullable Object>) map);
    }
    throw bad(path, value, "an object");
  }

  private static BadRequestException bad(String path, @Nullable Object value, String expectation) {
    String shown =
        switch (value) {
          case null -> "nothing";
          case String text -> "\"" + text + "\"";
          case List<?> list -> "an array of " + list.size();
          case Map<?, ?> map -> "an object of " + map.size();
          case Object other -> other.toString();
        };
    return new BadRequestException(path, shown, expectation);
  }
}
