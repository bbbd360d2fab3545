package io.quintet.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Every mutant of a JSON text that differs from it in one place: each token changed in value and
/// in type, each field and item left out, doubled, renamed and swapped, and any two leaves
/// exchanged.
final class JsonMutants {
  private static final List<String> OTHER_TYPES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "1.5",
          "1e400",
          "\"\"",
          "\"x\"",
          "[]",
          "{}",
          "[[]]",
          "[0]",
          "{\"size\":0}",
          "NaN",
          "'x'",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "123456789012345678901234567890123456789",
          "");

  private JsonMutants() {}

  /// Hands all mutants of `tree` to `sink`.
  static void of(JsonTree tree, Consumer<JsonTree> sink) {
    switch (tree) {
      case JsonTree.Leaf leaf -> ofLeaf(leaf, sink);
      case JsonTree.Items(List<JsonTree> items) -> {
        ofList(items, list -> sink.accept(new JsonTree.Items(list)));
        for (int i = 0; i < items.size(); i++) {
          int index = i;
          of(items.get(i), m -> sink.accept(new JsonTree.Items(with(items, index, m))));
        }
      }
      case JsonTree.Fields(List<JsonTree.Field> fields) -> {
        ofList(fields, list -> sink.accept(new JsonTree.Fields(list)));
        for (int i = 0; i < fields.size(); i++) {
          int index = i;
          ofField(fields.get(i), m -> sink.accept(new JsonTree.Fields(with(fields, index, m))));
        }
      }
    }
    for (String other : OTHER_TYPES) {
      sink.accept(new JsonTree.Leaf(other));
    }
    sink.accept(new JsonTree.Items(List.of(tree)));
    sink.accept(new JsonTree.Leaf('"' + tree.toString().replace("\"", "\\\"") + '"'));
  }

  private static void ofField(JsonTree.Field field, Consumer<JsonTree.Field> sink) {
    of(field.value(), value -> sink.accept(new JsonTree.Field(field.name(), value)));
    String bare = field.name().substring(1, field.name().length() - 1);
    for (String name :
        List.of("", bare + "s", bare.substring(1), bare.toUpperCase(Locale.ROOT), " " + bare)) {
      sink.accept(new JsonTree.Field('"' + name + '"', field.value()));
    }
    sink.accept(new JsonTree.Field(bare, field.value()));
    // The same name in another spelling, which is harmless.
    String escaped = String.format("\\u%04x", (int) bare.charAt(0)) + bare.substring(1);
    sink.accept(new JsonTree.Field('"' + escaped + '"', field.value()));
  }

  private static <T> void ofList(List<T> list, Consumer<List<T>> sink) {
    for (int i = 0; i < list.size(); i++) {
      List<T> without = new ArrayList<>(list);
      without.remove(i);
      sink.accept(without);
      List<T> doubled = new ArrayList<>(list);
      doubled.add(i, list.get(i));
      sink.accept(doubled);
      List<T> appended = new ArrayList<>(list);
      appended.add(list.get(i));
      sink.accept(appended);
      for (int j = i + 1; j < list.size(); j++) {
        List<T> swapped = new ArrayList<>(list);
        Collections.swap(swapped, i, j);
        sink.accept(swapped);
      }
    }
    sink.accept(List.of());
    sink.accept(list.reversed());
  }

  private static void ofLeaf(JsonTree.Leaf leaf, Consumer<JsonTree> sink) {
    Consumer<String> text = mutant -> sink.accept(new JsonTree.Leaf(mutant));
    if (leaf.isString()) {
      ofString(leaf.text().substring(1, leaf.text().length() - 1), m -> text.accept('"' + m + '"'));
      text.accept(leaf.text().substring(1, leaf.text().length() - 1));
    } else {
      ofNumber(Long.parseLong(leaf.text()), text);
    }
  }

  private static void ofString(String string, Consumer<String> sink) {
    for (int i = 0; i < string.length(); i++) {
      String before = string.substring(0, i);
      char c = string.charAt(i);
      String after = string.substring(i + 1);
      for (int bit = 1; bit < 128; bit <<= 1) {
        sink.accept(before + (char) (c ^ bit) + after);
      }
      sink.accept(before + after);
      sink.accept(before + c + c + after);
      sink.accept(before + Character.toUpperCase(c) + after);
      // The same character in another spelling, which is harmless.
      sink.accept(before + String.format("\\u%04x", (int) c) + after);
    }
    for (String added : List.of(" ", "0", ":0", ":0:0", ":0:1", ":1:0", ":-1:0", ":", "\\u0000")) {
      sink.accept(string + added);
      sink.accept(added + string);
    }
    sink.accept(new StringBuilder(string).reverse().toString());
    sink.accept(string + string);
    sink.accept(string.repeat(40));
  }

  private static void ofNumber(long number, Consumer<String> sink) {
    for (long other : new long[] {number + 1, number - 1, -number, 2 * number, number / 2}) {
      sink.accept(Long.toString(other));
    }
    for (int bit = 0; bit < Long.SIZE; bit++) {
      sink.accept(Long.toString(number ^ 1L << bit));
    }
    for (String spelling :
        List.of("%d.0", "%de0", "%dE+0", "0%d", "+%d", "-%d", "\"%d\"", " %d ")) {
      sink.accept(String.format(Locale.ROOT, spelling, number));
    }
    sink.accept("0x" + Long.toHexString(number));
  }

  private static <T> List<T> with(List<T> list, int index, T value) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, value);
    return changed;
  }
}
