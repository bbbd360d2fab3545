package io.quintet.client.progress;

import java.util.Locale;

/// How byte counts, rates and times are written for people: binary units, one decimal.
public final class Amounts {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Amounts() {}

  /// `1023 B`, `1.0 KiB`, `204.3 MiB`.
  public static String bytes(long bytes) {
    return binary((double) bytes);
  }

  private static String binary(double bytes) {
    if (bytes < 1024) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    double value = bytes;
    int unit = -1;
    // 1023.95 would be rounded to 1024.0, which the next unit says better.
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[Math.max(0, unit)]);
  }

  /// `61.2 MiB/s`.
  public static String rate(double bytesPerSecond) {
    return binary(bytesPerSecond) + "/s";
  }

  /// `0:07`, `12:30`, `1:02:03`; rounded up, so that a running job never shows nothing left.
  public static String duration(double seconds) {
    long whole = (long) Math.ceil(seconds);
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
  }

  /// `0.84 s`, `12.3 s`, for what is over.
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  /// `1 node`, `7 nodes`: the plural by adding an `s`.
  public static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
