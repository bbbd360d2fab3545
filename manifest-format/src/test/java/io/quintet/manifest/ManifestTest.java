package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.blob.Compression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ManifestTest {
  @Test
  void whatNoManifestMayHoldIsRefusedWhenItIsBuilt() {
    assertRefused("$.size", m -> m.size(-1));
    assertRefused("$.size", m -> m.size(Chunks.FILE_BYTES_MAX + 1));
    assertRefused("$.chunks", m -> m.size(0));
    assertRefused("$.chunks", m -> m.size(1_048_577));
    assertRefused("$.chunkSize", m -> m.chunkSize(1_048_575));
    assertRefused("$.replicas", m -> m.replicas(0));
    assertRefused("$.replicas", m -> m.replicas(21));
    assertRefused("$.merkleRoot", m -> m.merkleRoot(new byte[31]));
    assertRefused("$.merkleRoot", m -> m.size(0).chunks(ChunkTable.empty()));
    assertRefused(
        "$.generations",
        m -> m.generations(Collections.nCopies(1_025, SampleManifests.generation(0))));
    assertRefused(
        "$.chunks[0]",
        m -> m.chunks(new ChunkTable.Builder().add(SampleManifests.id("chunk 0"), 1, 0).build()));
  }

  @Test
  void whatWasNeverSetIsNamed() {
    NullPointerException refused =
        assertThrows(NullPointerException.class, () -> new Manifest.Builder().size(0).build());
    assertEquals("compression", refused.getMessage());
  }

  @Test
  void manifestsDifferWhenAnyValueDoes() {
    List<Manifest> manifests = new ArrayList<>(SampleManifests.all());
    manifests.add(valid().size(2).build());
    manifests.add(valid().replicas(6).build());
    manifests.add(valid().compression(Compression.XZ).build());
    manifests.add(valid().content(Content.TAR).build());
    manifests.add(valid().merkleRoot(SampleManifests.hash("other")).build());
    manifests.add(valid().generations(List.of(SampleManifests.generation(1))).build());
    Generation own = SampleManifests.generation(0);
    manifests.add(valid().generations(List.of(new Generation(own.deleteKey(), own.key()))).build());
    manifests.add(valid().generations(List.of(own, SampleManifests.generation(1))).build());
    manifests.add(
        valid().chunks(new ChunkTable.Builder().add(SampleManifests.id("x")).build()).build());
    for (int i = 0; i < manifests.size(); i++) {
      for (int j = 0; j < manifests.size(); j++) {
        Manifest one = manifests.get(i);
        Manifest other = manifests.get(j);
        assertEquals(i == j, one.equals(other), one + " and " + other);
        assertEquals(i == j, Arrays.equals(one.checksum(), other.checksum()));
      }
    }
    assertEquals(valid().build(), valid().build());
    assertEquals(valid().build().hashCode(), valid().build().hashCode());
  }

  @Test
  void redactedManifestKeepsAllButTheSecrets() {
    Manifest manifest = SampleManifests.takenOver();
    Manifest redacted = manifest.redacted();
    assertTrue(redacted.isRedacted());
    assertFalse(manifest.isRedacted());
    assertEquals(List.of(), redacted.generations());
    assertEquals(manifest.chunks(), redacted.chunks());
    assertEquals(manifest.size(), redacted.size());
    assertEquals(manifest.replicas(), redacted.replicas());
    assertArrayEquals(manifest.merkleRoot(), redacted.merkleRoot());
    assertNotEquals(manifest, redacted);
    assertEquals(redacted, redacted.redacted());
  }

  @Test
  void manifestKeepsItsOwnCopiesAndShowsNoSecret() {
    byte[] root = SampleManifests.hash("root 1");
    List<Generation> generations = new ArrayList<>(List.of(SampleManifests.generation(0)));
    Manifest manifest = valid().merkleRoot(root).generations(generations).build();
    root[0] ^= 1;
    generations.clear();
    manifest.merkleRoot()[0] ^= 1;
    manifest.checksum()[0] ^= 1;
    assertEquals(SampleManifests.oneChunk(), manifest);
    assertFalse(Secrets.show(manifest + " " + manifest.generations()));
  }

  private static void assertRefused(String path, UnaryOperator<Manifest.Builder> change) {
    InvalidValueException refused =
        assertThrows(InvalidValueException.class, () -> change.apply(valid()).build());
    assertEquals(path, refused.path(), refused.getMessage());
  }

  private static Manifest.Builder valid() {
    Manifest manifest = SampleManifests.oneChunk();
    return new Manifest.Builder()
        .size(manifest.size())
        .compression(manifest.compression())
        .content(manifest.content())
        .merkleRoot(manifest.merkleRoot())
        .generations(manifest.generations())
        .chunks(manifest.chunks());
  }
}
