package io.quintet.node.edge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One byte range of a chunk (RFC 9110, section 14.1.2).
///
/// @param first offset of the first byte
/// @param last offset of the last byte, not before `first` and inside the chunk
record ByteRange(int first, int last) {
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /// What a `Range` header means for a chunk.
  sealed interface Asked {
    /// All of it: there is no header, or one that we may ignore (malformed, several ranges).
    record Whole() implements Asked {}

    /// A part of it.
    record Part(ByteRange range) implements Asked {}

    /// Nothing of it exists: answered by 416.
    record Outside() implements Asked {}
  }

  int length() {
    return last - first + 1;
  }

  /// Reads `header` for a chunk of `size` bytes; never throws.
  static Asked parse(@Nullable String header, int size) {
    return match(header).map(matcher -> meaning(matcher, size)).orElseGet(Asked.Whole::new);
  }

  private static Optional<Matcher> match(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher matcher = SINGLE.matcher(header);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static Asked meaning(Matcher matcher, int size) {
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      if (last.isEmpty()) {
        return new Asked.Whole();
      }
      long suffix = Math.min(Long.parseLong(last), size);
      return suffix == 0
          ? new Asked.Outside()
          : new Asked.Part(new ByteRange((int) (size - suffix), size - 1));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return new Asked.Whole();
    }
    return from >= size
        ? new Asked.Outside()
        : new Asked.Part(new ByteRange((int) from, (int) Math.min(to, size - 1L)));
  }
}
