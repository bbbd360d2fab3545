package io.quintet.scripts.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the documents point at is there.
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern FILE_NAME =
      Pattern.compile("`((?:docs|scripts|\\.ci)/[\\w./-]*\\w)`");

  @Test
  void everyRelativeLinkAndItsAnchorResolves() {
    assertFalse(Documents.pages().isEmpty(), "there is a README at least");
    assertEquals(
        List.of(),
        SourceTree.lines(Documents.pages(), (at, line) -> brokenLink(at, line)),
        "point the link at what is there now");
  }

  @Test
  void everyFileThatIsNamedExists() {
    assertEquals(
        List.of(),
        SourceTree.lines(
            SourceTree.files(".*\\.(md|java|bash)"), (at, line) -> missingFile(at, line)),
        "name what is there now");
  }

  @Test
  void everyScriptThatIsShownCanBeRun() {
    List<String> missing =
        Documents.pages().stream()
            .flatMap(page -> Documents.fenced(page, "sh").stream())
            .map(line -> line.split("\\s", 2)[0])
            .filter(word -> word.startsWith("scripts/") || word.startsWith(".ci/"))
            .distinct()
            .filter(word -> !Files.isExecutable(SourceTree.ROOT.resolve(word)))
            .toList();
    assertEquals(List.of(), missing, "in a `sh` block, but no program of this tree");
  }

  @Test
  void noFolderOfOneMachineIsNamed() {
    String folders = String.join("|", "/wo" + "rk/", "/ro" + "ot/", "\\.\\./sha" + "red");
    List<Path> texts =
        Stream.concat(
                SourceTree.files(".*\\.(java|md|xml|yaml|json|bash|config)").stream(),
                SourceTree.files("(scripts|\\.ci)/[^/.]+").stream())
            .toList();
    assertEquals(List.of(), SourceTree.find(texts, folders), "use a path that every machine has");
  }

  private static String brokenLink(String at, String line) {
    Path page = SourceTree.ROOT.resolve(at.substring(0, at.indexOf(':')));
    Matcher links = LINK.matcher(line);
    while (links.find()) {
      String target = links.group(1);
      if (target.contains(":")) {
        continue;
      }
      Path file = target.isEmpty() ? page : page.resolveSibling(target).normalize();
      if (!Files.exists(file) || !hasAnchor(file, links.group(2))) {
        return at + links.group();
      }
    }
    return "";
  }

  private static boolean hasAnchor(Path file, @Nullable String anchor) {
    return anchor == null
        || SourceTree.text(file)
            .lines()
            .anyMatch(line -> line.startsWith("#") && Documents.anchor(line).equals(anchor));
  }

  private static String missingFile(String at, String line) {
    Matcher names = FILE_NAME.matcher(line);
    while (names.find()) {
      String name = names.group(1);
      if (!name.startsWith("scripts/target/") && !Files.exists(SourceTree.ROOT.resolve(name))) {
        return at + name;
      }
    }
    return "";
  }
}
