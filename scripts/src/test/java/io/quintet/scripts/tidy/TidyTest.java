package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// House rules that need no compiler: sizes, package pages, words that must not be committed.
class TidyTest {
  private static final int FILE_LINES_MAX = 500;
  private static final int COLUMNS_MAX = 100;

  private final List<Path> sources = SourceTree.files(".*\\.java");
  private final List<Path> mainSources = SourceTree.files(".*/src/main/java/.*\\.java");
  private final List<Path> testSources = SourceTree.files(".*/src/test/java/.*\\.java");
  private final List<Path> shellScripts =
      SourceTree.files("(scripts|\\.ci)/[^/.]+|scripts/.*\\.bash");

  @Test
  void everyFileIsOneIdeaOfAtMostFiveHundredLines() {
    assertNone(
        Stream.concat(sources.stream(), shellScripts.stream())
            .filter(file -> SourceTree.text(file).lines().count() > FILE_LINES_MAX)
            .map(SourceTree::name)
            .toList(),
        "split the file by what it is about");
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    assertNone(
        sources.stream()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !hasPackagePage(folder))
            .map(SourceTree::name)
            .toList(),
        "add a package-info.java with @NullMarked and prose (a test package may share its main"
            + " package's)");
  }

  @Test
  void workLeftForLaterIsNotHiddenInTheCode() {
    String words = String.join("|", "TO" + "DO", "FIX" + "ME", "X" + "XX");
    assertNone(
        SourceTree.find(SourceTree.files(".*\\.(java|bash|md|xml|yaml)"), "\\b(" + words + ")\\b"),
        "do it, or open an issue");
  }

  @Test
  void noTestIsDisabledOrSleeps() {
    assertNone(
        SourceTree.find(testSources, "@Dis" + "abled\\b|\\bThread\\.sl" + "eep\\("),
        "repair or delete the test; wait on a condition with a bound");
  }

  @Test
  void noStackTraceGoesToTheTerminal() {
    assertNone(
        SourceTree.find(sources, "\\.printSt" + "ackTrace\\(\\)"),
        "say what was attempted, on what, and what to do next");
  }

  @Test
  void onlyCommandsWriteToTheTerminal() {
    List<Path> quiet =
        mainSources.stream()
            .filter(file -> !SourceTree.name(file).startsWith("scripts/"))
            .filter(file -> !SourceTree.name(file).contains("/cli/"))
            .filter(file -> !SourceTree.name(file).endsWith("Command.java"))
            .toList();
    assertNone(
        SourceTree.find(quiet, "\\bSystem\\.(out|err)\\b"),
        "return a value, send a progress event or use the logger; commands alone print");
  }

  @Test
  void onlyTheRootPomKnowsVersions() {
    Pattern parent = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    assertNone(
        SourceTree.files("[^/]+/pom\\.xml").stream()
            .filter(
                pom -> parent.matcher(SourceTree.text(pom)).replaceAll("").contains("<version>"))
            .map(SourceTree::name)
            .toList(),
        "put the version into the root pom's one table");
  }

  @Test
  void shellScriptsStopAtTheFirstError() {
    assertNone(
        shellScripts.stream()
            .filter(file -> !SourceTree.name(file).endsWith(".bash"))
            .filter(file -> !SourceTree.text(file).contains("\nset -euo pipefail\n"))
            .map(SourceTree::name)
            .toList(),
        "add: set -euo pipefail");
  }

  @Test
  void linesOfProseInMarkdownCommentsFitTheScreen() {
    assertNone(
        SourceTree.lines(
            sources,
            (at, line) ->
                line.length() > COLUMNS_MAX && line.strip().startsWith("///") ? at + line : ""),
        "break the line at " + COLUMNS_MAX + " columns");
  }

  private static boolean hasPackagePage(Path folder) {
    String main = SourceTree.name(folder).replace("/src/test/", "/src/main/");
    return Stream.of(folder, SourceTree.ROOT.resolve(main))
        .map(place -> place.resolve("package-info.java"))
        .anyMatch(page -> Files.exists(page) && SourceTree.text(page).contains("@NullMarked"));
  }

  private static void assertNone(List<String> found, String remedy) {
    assertEquals(List.of(), found, remedy);
  }
}
