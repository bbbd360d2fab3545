package io.quintet.scripts.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What Linux tells about processes in `/proc`. All values are 0 where it cannot be read, as on
/// other systems or after the process ended.
public final class Proc {
  // What the kernel counts processor time in, on every architecture that the JDK runs on.
  private static final double TICKS_PER_SECOND = 100;
  private static final Path ROOT = Path.of("/proc");

  private Proc() {}

  /// Processor seconds that process `pid` used so far, its children not counted.
  public static double cpuSeconds(long pid) {
    List<String> lines = lines(ROOT.resolve(Long.toString(pid)).resolve("stat"));
    if (lines.isEmpty()) {
      return 0;
    }
    // The second field is the name in parentheses, which may hold anything.
    String line = lines.getFirst();
    List<String> fields = words(line.substring(line.lastIndexOf(')') + 1));
    return (number(fields, 11) + number(fields, 12)) / TICKS_PER_SECOND;
  }

  /// Processor seconds that all processes of this machine used so far, and the kernel for them.
  public static double machineCpuSeconds() {
    List<String> lines = lines(ROOT.resolve("stat"));
    if (lines.isEmpty()) {
      return 0;
    }
    // cpu user nice system idle iowait irq softirq steal
    List<String> fields = words(lines.getFirst());
    double ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7}) {
      ticks += number(fields, field);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /// The most memory that process `pid` ever had resident, in MiB.
  public static double peakResidentMebibytes(long pid) {
    return kibibytes(ROOT.resolve(Long.toString(pid)).resolve("status"), "VmHWM:") / 1024;
  }

  /// This machine's memory, in MiB.
  public static double memoryMebibytes() {
    return kibibytes(ROOT.resolve("meminfo"), "MemTotal:") / 1024;
  }

  private static double kibibytes(Path file, String name) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> number(words(line), 1))
        .findFirst()
        .orElse(0);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      // The process is gone, or this is no Linux: there is nothing to tell.
      return List.of();
    }
  }

  private static List<String> words(String line) {
    return List.of(line.strip().split("\\s+"));
  }

  private static double number(List<String> words, int index) {
    return words.size() > index ? Double.parseDouble(words.get(index)) : 0;
  }
}
