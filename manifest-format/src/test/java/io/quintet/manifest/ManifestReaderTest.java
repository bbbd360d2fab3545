package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.ManifestException.Kind;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ManifestReaderTest {
  @Test
  void errorNamesThePlaceTheValueAndWhatWasExpected() {
    assertMessage(
        "$.chunks[0]: 64 characters and then ':1' (expected: <64 lower-case hex digits>"
            + "[:<generation>:<position>])",
        replaced("\"\n  ],\n  \"checksum", ":1\"\n  ],\n  \"checksum"));
    assertMessage(
        "$.replicas: 0 (expected: 1..20)", replaced("\"replicas\": 5", "\"replicas\": 0"));
    assertMessage(
        "$.chunks: 1 chunks (expected: 2 for 1048577 bytes)",
        replaced("\"size\": 1", "\"size\": 1048577"));
    assertMessage(
        "$.compression: 'gzip' (expected: none, zlib, xz, zstd)", replaced("\"none\"", "\"gzip\""));
    assertMessage(
        "$.size: a field that was there before (expected: each field once)",
        replaced("\"size\": 1", "\"size\": 1, \"size\": 1"));
    assertMessage(
        "$.size: a number that is not written as an integer (expected: an integer)",
        replaced("\"size\": 1", "\"size\": 1.0"));
    assertMessage(
        "$.replicas: missing (expected: the field)", replaced("  \"replicas\": 5,\n", ""));
    assertMessage("$.version: 7 (expected: 1)", replaced("\"version\": 1", "\"version\": 7"));
  }

  @Test
  void endlessTextIsRefusedAtTheLimitAndReadNoFurther() {
    RepeatingInput endless = new RepeatingInput(" ");
    ManifestException refused =
        assertThrows(ManifestException.class, () -> ManifestReader.read(endless, 1 << 20));
    assertEquals(Kind.TOO_LARGE, refused.kind());
    assertTrue(endless.bytesRead() < (1 << 20) + (64 << 10), "read " + endless.bytesRead());
  }

  @Test
  void endlessStringAndNameAndNumberAreRefusedEarly() {
    for (String begin :
        List.of("{\"format\": \"", "{\"", "{\"format\": \"quintet-manifest\", \"version\": 1")) {
      RepeatingInput endless = new RepeatingInput("1");
      ManifestException refused =
          assertThrows(
              ManifestException.class, () -> ManifestReader.read(after(begin, endless)), begin);
      assertEquals(Kind.DAMAGED, refused.kind());
      assertTrue(endless.bytesRead() < 64 << 10, begin + " read " + endless.bytesRead());
    }
  }

  @Test
  void moreChunksThanThereCanBeAreRefused() {
    String text = SampleManifests.write(SampleManifests.oneChunk());
    String start = "\"chunks\": [";
    String head = text.substring(0, text.indexOf(start) + start.length());
    String entry = '"' + "ab".repeat(32) + "\",";
    RepeatingInput entries = new RepeatingInput(entry);
    ManifestException refused =
        assertThrows(ManifestException.class, () -> ManifestReader.read(after(head, entries)));
    assertEquals("$.chunks", refused.path(), refused.getMessage());
    assertTrue(entries.bytesRead() / entry.length() < Chunks.COUNT_MAX + 1_000);
  }

  @Test
  void slowStreamOfOneByteAtATimeReadsTheSame() throws IOException {
    for (Manifest manifest : SampleManifests.all()) {
      byte[] text = SampleManifests.write(manifest).getBytes(StandardCharsets.US_ASCII);
      InputStream slow =
          new FilterInputStream(new ByteArrayInputStream(text)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
              return super.read(target, offset, Math.min(1, length));
            }
          };
      assertEquals(manifest, ManifestReader.read(slow));
    }
  }

  @Test
  void failureOfTheStreamIsHandedOnAsItIs() {
    IOException broken = new IOException("the disk is gone");
    InputStream failing = new FailingInput(broken);
    assertSame(broken, assertThrows(IOException.class, () -> ManifestReader.read(failing)));
    InputStream failsLater = after("{\"format\": \"quintet-", failing);
    assertSame(broken, assertThrows(IOException.class, () -> ManifestReader.read(failsLater)));
  }

  @Test
  void streamIsLeftOpenForItsOwner() throws IOException {
    byte[] text = Vectors.valid("one-chunk");
    AtomicLong closed = new AtomicLong();
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(text)) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    ManifestReader.read(in);
    assertEquals(0, closed.get());
  }

  @Test
  void errorCarriesNoCauseThatCouldQuoteTheText() {
    String key = "\"49ac5de219edae62f9fdeea0fc3f3af48fd832f22fac50820ac11174d6e068bd\"";
    ManifestException refused =
        assertThrows(
            ManifestException.class,
            () -> SampleManifests.read(replaced(key, key.replace("\"", ""))));
    assertEquals("$.generations[0].key", refused.path());
    assertNull(refused.getCause());
    assertEquals(0, refused.getSuppressed().length);
    assertFalse(Secrets.show(refused.toString()), refused.toString());
  }

  private static void assertMessage(String expected, String text) {
    ManifestException refused =
        assertThrows(ManifestException.class, () -> SampleManifests.read(text));
    assertEquals(expected, refused.getMessage());
    assertEquals(expected, refused.path() + ": " + refused.problem());
  }

  private static String replaced(String old, String by) {
    String text = SampleManifests.write(SampleManifests.oneChunk());
    assertTrue(text.contains(old), old);
    return text.replace(old, by);
  }

  private static InputStream after(String head, InputStream tail) {
    return new SequenceInputStream(
        new ByteArrayInputStream(head.getBytes(StandardCharsets.US_ASCII)), tail);
  }

  /// A stream whose disk is gone.
  private static final class FailingInput extends FilterInputStream {
    private final IOException failure;

    FailingInput(IOException failure) {
      super(InputStream.nullInputStream());
      this.failure = failure;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw failure;
    }
  }
}
