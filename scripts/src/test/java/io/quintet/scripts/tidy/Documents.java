package io.quintet.scripts.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The Markdown pages and what they show.
final class Documents {
  private static final String FENCE = "```";

  private Documents() {}

  static List<Path> pages() {
    return SourceTree.files(".*\\.md");
  }

  /// The lines inside a page's fenced blocks of the given language, such as `sh`; without comments
  /// and prompts.
  static List<String> fenced(Path page, String language) {
    List<String> inside = new ArrayList<>();
    boolean open = false;
    for (String line : SourceTree.text(page).lines().toList()) {
      if (line.strip().startsWith(FENCE)) {
        open = !open && line.strip().equals(FENCE + language);
      } else if (open && !line.isBlank()) {
        inside.add(line.strip().replaceFirst("\\s+#.*$", ""));
      }
    }
    return inside;
  }

  /// A heading as the last part of a link, the way GitHub makes it.
  static String anchor(String heading) {
    return heading
        .replaceFirst("^#+\\s*", "")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
        .replace(' ', '-');
  }
}
