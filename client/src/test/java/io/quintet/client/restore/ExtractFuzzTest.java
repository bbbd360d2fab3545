package io.quintet.client.restore;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Tar streams that an attacker chose: extraction fails with an IOException or fills its own
/// directory, and nothing appears beside it.
final class ExtractFuzzTest {
  @FuzzTest
  void extractionStaysInside(byte[] input) throws IOException {
    Path folder = Files.createTempDirectory("quintet-fuzz");
    try {
      extract(folder.resolve("target"), input);
      try (Stream<Path> files = Files.list(folder)) {
        if (!files.toList().equals(List.of())) {
          throw new AssertionError("something was left beside the target");
        }
      }
    } finally {
      Files.delete(folder);
    }
  }

  private static void extract(Path target, byte[] input) throws IOException {
    try (TreeRestore tree = new TreeRestore(target)) {
      tree.extract(new ByteArrayInputStream(input));
    } catch (IOException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal without a reason", e);
      }
    }
  }
}
