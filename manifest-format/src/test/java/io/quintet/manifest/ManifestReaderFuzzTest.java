package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds arbitrary bytes to the reader. In an ordinary build the seeds run once, as plain tests;
/// with `JAZZER_FUZZ=1` in the environment Jazzer invents inputs for the time that the annotation
/// gives:
///
/// ```
/// JAZZER_FUZZ=1 mvn -pl manifest-format test -Dtest=ManifestReaderFuzzTest
/// ```
final class ManifestReaderFuzzTest {
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anyBytesAreRefusedCleanlyOrAreAManifest(byte[] text) throws IOException {
    Manifest manifest;
    try {
      manifest = ManifestReader.read(new ByteArrayInputStream(text));
    } catch (ManifestException e) {
      return;
    }
    assertEquals(manifest, SampleManifests.read(SampleManifests.write(manifest)));
  }

  static Stream<byte[]> seeds() {
    return Stream.concat(
        Vectors.VALID.stream().map(Vectors::valid),
        Vectors.invalid().stream().map(Vectors.Invalid::text));
  }
}
