package io.quintet.node.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A span of time as people write it.
///
/// @param duration one second to ten years
record TimeSpan(Duration duration) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*([SMHD])");
  private static final Duration MAX = Duration.ofDays(3_653);

  /// Reads `30s`, `10m`, `12h` or `1d`, in any case.
  static final class Converter implements ITypeConverter<TimeSpan> {
    @Override
    public TimeSpan convert(String text) {
      Matcher form = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
      if (!form.matches()) {
        throw refused(text);
      }
      long count = Long.parseLong(form.group(1));
      Duration span =
          switch (form.group(2)) {
            case "S" -> Duration.ofSeconds(count);
            case "M" -> Duration.ofMinutes(count);
            case "H" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      if (span.isZero() || span.compareTo(MAX) > 0) {
        throw refused(text);
      }
      return new TimeSpan(span);
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'" + text + "' is no time (expected: a number and s, m, h or d, such as 12h)");
    }
  }
}
