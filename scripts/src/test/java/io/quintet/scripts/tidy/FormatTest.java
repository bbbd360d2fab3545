package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// google-java-format, run here because a formatter that runs inside Maven's own JVM (17) cannot
/// parse Java 25.
class FormatTest {
  private static final String FIX =
      "run: mvn -pl scripts -am test -Dformat.fix=true -Dtest=FormatTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void everySourceIsFormatted() {
    List<Path> sources = SourceTree.files(".*\\.java");
    assertFalse(sources.isEmpty(), "no sources under " + SourceTree.ROOT);
    List<Path> unformatted = sources.stream().filter(file -> !isFormatted(file)).toList();
    if (Boolean.getBoolean("format.fix")) {
      unformatted.forEach(FormatTest::fix);
    } else {
      assertEquals(List.of(), unformatted.stream().map(SourceTree::name).toList(), FIX);
    }
  }

  private static boolean isFormatted(Path file) {
    return format(file).equals(SourceTree.text(file));
  }

  private static void fix(Path file) {
    try {
      Files.writeString(file, format(file));
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  private static String format(Path file) {
    try {
      return new Formatter().formatSourceAndFixImports(SourceTree.text(file));
    } catch (FormatterException e) {
      throw new AssertionError(SourceTree.name(file) + " cannot be parsed: " + e.getMessage(), e);
    }
  }
}
