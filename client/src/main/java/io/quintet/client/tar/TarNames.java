package io.quintet.client.tar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names and link targets in tar streams.
public final class TarNames {
  /// More levels than any file system path has (4,096 characters).
  private static final int DEPTH_MAX = 2048;

  private static final String HERE = ".";
  private static final String UP = "..";

  private TarNames() {}

  /// The parts of an entry's name, from the root of the tree down; none for the root itself (`./`).
  /// Null for what no tree has: an absolute name, one with `.` or `..` or empty parts in it, or a
  /// NUL.
  public static @Nullable List<String> parts(String name) {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (path.equals(HERE)) {
      return List.of();
    }
    List<String> parts = List.of(path.split("/", -1));
    boolean plain =
        parts.size() <= DEPTH_MAX
            && path.indexOf('\0') < 0
            && parts.stream()
                .noneMatch(part -> part.isEmpty() || part.equals(HERE) || part.equals(UP));
    return plain ? parts : null;
  }

  /// Whether a symbolic link in a directory `depth` levels below the root may lead out of the tree:
  /// an absolute target, more `..` than there are levels, or a `..` after a name, which may be a
  /// link itself.
  ///
  /// Where every link of a tree passes, following any of them ends inside: leading `..` climb real
  /// directories, and all that follows only descends.
  ///
  /// @param depth 0 for a link directly in the root
  public static boolean escapes(int depth, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
      return true;
    }
    int climbed = 0;
    boolean descended = false;
    for (String part : target.split("/", -1)) {
      if (part.equals(UP)) {
        climbed++;
        if (descended || climbed > depth) {
          return true;
        }
      } else if (!part.isEmpty() && !part.equals(HERE)) {
        descended = true;
      }
    }
    return false;
  }
}
