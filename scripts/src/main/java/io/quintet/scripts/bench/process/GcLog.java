package io.quintet.scripts.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The heap's high-water marks, in MiB, as the collector's log tells them; 0 when nothing was
/// collected.
///
/// @param before most that was in use when a collection began: live objects and garbage
/// @param after most that was left by a collection: what really was needed
/// @param capacity most that the heap was grown to
public record GcLog(double before, double after, double capacity) {
  private static final Pattern COLLECTION =
      Pattern.compile("Pause .* (\\d+)([KMG])->(\\d+)([KMG])\\((\\d+)([KMG])\\)");

  /// The flag that makes a JVM write such a log.
  public static String flag(Path log) {
    return "-Xlog:gc=info:file=" + log + "::filecount=0";
  }

  /// Reads what is there; nothing when there is no file.
  public static GcLog read(Path log) throws IOException {
    double before = 0;
    double after = 0;
    double capacity = 0;
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        Matcher found = COLLECTION.matcher(line);
        if (found.find()) {
          before = Math.max(before, mebibytes(found, 1));
          after = Math.max(after, mebibytes(found, 3));
          capacity = Math.max(capacity, mebibytes(found, 5));
        }
      }
    }
    return new GcLog(before, after, capacity);
  }

  private static double mebibytes(Matcher found, int group) {
    double number = Double.parseDouble(found.group(group));
    return switch (found.group(group + 1)) {
      case "K" -> number / 1024;
      case "G" -> number * 1024;
      default -> number;
    };
  }
}
