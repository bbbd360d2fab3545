package io.quintet.node.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of bytes as people write it.
///
/// @param bytes at least 1, or 0 where that makes sense
record ByteCount(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})\\s*([KMGTP]?)(I?)B?");

  /// Reads `500`, `10GB` (decimal) or `10GiB` (binary), in any case; not 0.
  static final class Converter implements ITypeConverter<ByteCount> {
    @Override
    public ByteCount convert(String text) {
      ByteCount count = read(text);
      if (count.bytes == 0) {
        throw new TypeConversionException("'" + text + "' is no size (expected: more than 0)");
      }
      return count;
    }
  }

  /// The same, and `0` for none.
  static final class OrNone implements ITypeConverter<ByteCount> {
    @Override
    public ByteCount convert(String text) {
      return read(text);
    }
  }

  private static ByteCount read(String text) {
    Matcher form = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!form.matches() || (form.group(2).isEmpty() && !form.group(3).isEmpty())) {
      throw refused(text);
    }
    long unit = form.group(3).isEmpty() ? 1_000 : 1_024;
    try {
      long bytes = Long.parseLong(form.group(1));
      for (int i = 0; i < " KMGTP".indexOf(form.group(2)) && !form.group(2).isEmpty(); i++) {
        bytes = Math.multiplyExact(bytes, unit);
      }
      return new ByteCount(bytes);
    } catch (ArithmeticException e) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'" + text + "' is no size (expected: a number and B, KB, MB, GB, TB or KiB to TiB)");
  }
}
