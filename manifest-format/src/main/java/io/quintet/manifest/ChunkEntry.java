package io.quintet.manifest;

import io.quintet.manifest.blob.ChunkId;

/// The text form of one entry of a [ChunkTable]: `<id>` for an own chunk,
/// `<id>:<generation>:<position>` for any other. There is one spelling only: what can be written
/// short must be.
final class ChunkEntry {
  private static final String EXPECTED = "<64 lower-case hex digits>[:<generation>:<position>]";

  // Enough for every number in range, and few enough to fit an int.
  private static final int DIGITS_MAX = 9;

  private ChunkEntry() {}

  static String format(ChunkTable chunks, int index) {
    String id = chunks.id(index).toString();
    return chunks.isOwn(index)
        ? id
        : id + ":" + chunks.generation(index) + ":" + chunks.position(index);
  }

  /// Adds the entry `text` to `chunks`.
  ///
  /// @throws InvalidValueException when it is not a canonical entry
  static void parse(String text, ChunkTable.Builder chunks) {
    String path = "$.chunks[" + chunks.size() + "]";
    if (text.length() < ChunkId.HEX_DIGITS) {
      throw new InvalidValueException(path, shown(text), EXPECTED);
    }
    ChunkId id = id(path, text);
    if (text.length() == ChunkId.HEX_DIGITS) {
      chunks.add(id);
      return;
    }
    int second = text.indexOf(':', ChunkId.HEX_DIGITS + 1);
    if (text.charAt(ChunkId.HEX_DIGITS) != ':' || second < 0) {
      throw new InvalidValueException(path, shown(text), EXPECTED);
    }
    int generation = number(path, text, ChunkId.HEX_DIGITS + 1, second);
    int position = number(path, text, second + 1, text.length());
    if (generation == 0 && position == chunks.size()) {
      throw new InvalidValueException(
          path, shown(text), "the id alone, for a chunk of generation 0 at its own position");
    }
    chunks.add(id, generation, position);
  }

  /// What follows the id is what people can get wrong; the id itself may be a key out of place.
  private static String shown(String text) {
    return text.length() > ChunkId.HEX_DIGITS
        ? "64 characters and then " + ShownValue.of(text.substring(ChunkId.HEX_DIGITS))
        : ShownValue.of(text);
  }

  private static ChunkId id(String path, String text) {
    try {
      return ChunkId.fromHex(text.substring(0, ChunkId.HEX_DIGITS));
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(path, shown(text), EXPECTED);
    }
  }

  /// Reads the digits of `text` from `begin` to `end`: at least one, no sign, no leading zero.
  private static int number(String path, String text, int begin, int end) {
    int digits = end - begin;
    boolean canonical =
        digits == 1 || (digits > 1 && digits <= DIGITS_MAX && text.charAt(begin) != '0');
    int value = 0;
    for (int i = begin; i < end && canonical; i++) {
      int digit = text.charAt(i) - '0';
      canonical = digit >= 0 && digit <= 9;
      value = 10 * value + digit;
    }
    if (!canonical) {
      throw new InvalidValueException(path, shown(text), EXPECTED);
    }
    return value;
  }
}
