package io.quintet.manifest;

import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Looks for the secrets of [SampleManifests] where none may be.
final class Secrets {
  /// How many digits of a key in a row count as a leak: few enough to find a shortened one, enough
  /// not to be found by chance.
  private static final int DIGITS = 8;

  private Secrets() {}

  /// Whether a part of any key shows in `text`.
  static boolean show(String text) {
    return IntStream.range(0, 3)
        .mapToObj(SampleManifests::generation)
        .flatMap(generation -> Stream.of(generation.key(), generation.deleteKey()))
        .map(key -> HexFormat.of().formatHex(key.toBytes()))
        .anyMatch(hex -> sharesDigits(hex, text));
  }

  private static boolean sharesDigits(String hex, String text) {
    return IntStream.rangeClosed(0, hex.length() - DIGITS)
        .anyMatch(i -> text.contains(hex.substring(i, i + DIGITS)));
  }
}
