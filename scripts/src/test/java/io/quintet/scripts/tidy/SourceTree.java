package io.quintet.scripts.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The project's files as text, without what builds and tools leave behind.
final class SourceTree {
  /// The project's folder; Maven runs a module's tests in the module's folder.
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> NOT_OURS = Set.of(".git", ".idea", ".vscode", "target");

  private SourceTree() {}

  /// Every file whose path, relative to the root, matches; sorted, as absolute paths.
  static List<Path> files(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return walk(ROOT).filter(file -> pattern.matcher(name(file)).matches()).sorted().toList();
  }

  /// The path as messages show it: relative to the root, with slashes.
  static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /// One message `file:line: text` for each line of these files that the pattern finds.
  static List<String> find(List<Path> files, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return lines(files, (at, line) -> pattern.matcher(line).find() ? at + line.strip() : "");
  }

  /// What the check says about each line, empty answers left out. The check is given `file:line: `
  /// and the line.
  static List<String> lines(List<Path> files, BiFunction<String, String, String> check) {
    return files.stream()
        .flatMap(file -> {
          List<String> lines = text(file).lines().toList();
          return IntStream.range(0, lines.size())
              .mapToObj(i -> check.apply(name(file) + ":" + (i + 1) + ": ", lines.get(i)));
        })
        .filter(message -> !message.isEmpty())
        .toList();
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().stream()
          .filter(entry -> !NOT_OURS.contains(entry.getFileName().toString()))
          .flatMap(entry -> Files.isDirectory(entry) ? walk(entry) : Stream.of(entry))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder, e);
    }
  }
}
