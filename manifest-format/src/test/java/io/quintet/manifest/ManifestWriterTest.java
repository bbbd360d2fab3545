package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ManifestWriterTest {
  @Test
  void whatIsWrittenReadsBackEqual() throws IOException {
    for (Manifest manifest : SampleManifests.all()) {
      String text = SampleManifests.write(manifest);
      Manifest read = SampleManifests.read(text);
      assertEquals(manifest, read, text);
      assertEquals(text, SampleManifests.write(read));
    }
  }

  @Test
  void everyChunkHasItsOwnLine() {
    Manifest manifest = SampleManifests.takenOver();
    String text = SampleManifests.write(manifest);
    for (int i = 0; i < manifest.chunks().size(); i++) {
      String id = manifest.chunks().id(i).toString();
      assertTrue(text.lines().anyMatch(line -> line.startsWith("    \"" + id)), text);
    }
  }

  @Test
  void redactedTextHoldsNoSecretAndNoFieldForOne() {
    Manifest manifest = SampleManifests.takenOver();
    String text = SampleManifests.write(manifest.redacted());
    assertFalse(text.contains("generations"), text);
    for (Generation generation : manifest.generations()) {
      assertFalse(text.contains(HexFormat.of().formatHex(generation.key().toBytes())));
      assertFalse(text.contains(HexFormat.of().formatHex(generation.deleteKey().toBytes())));
    }
  }
}
