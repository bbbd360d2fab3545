package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.manifest.blob.Blob;
import io.quintet.manifest.blob.BlobHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The pages about the format say what the code does.
final class FormatPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");

  @Test
  void limitsOnThePageAreThoseOfTheCode() throws IOException {
    String page = page();
    assertRow(page, "chunk size", number(Chunks.SIZE_BYTES) + " bytes");
    assertRow(page, "largest blob", number(Blob.BYTES_MAX) + " bytes");
    assertRow(page, "chunks in a manifest", number(Chunks.COUNT_MAX));
    assertRow(page, "size of a file", number(Chunks.FILE_BYTES_MAX) + " bytes");
    assertRow(page, "generations", number(Manifest.GENERATIONS_MAX));
    assertRow(
        page,
        "replicas",
        String.format(
            Locale.ROOT,
            "%d to %d, default %d",
            BlobHeader.REPLICAS_MIN,
            BlobHeader.REPLICAS_MAX,
            BlobHeader.REPLICAS_DEFAULT));
    assertRow(page, "text of a manifest", number(ManifestReader.BYTES_MAX) + " bytes");
    assertTrue(page.contains(Blob.OVERHEAD_BYTES + " bytes longer than its body"));
    assertTrue(page.contains("|| D            " + BlobHeader.BYTES + " bytes"));
  }

  @Test
  void largestManifestFitsTheLimitOfItsText() {
    long entry = ("    \"" + "0".repeat(64) + ":1023:4194303\",\n").length();
    long generation =
        ("    {\"key\": \"" + "0".repeat(64) + "\", \"deleteKey\": \"" + "0".repeat(64) + "\"},\n")
            .length();
    long rest = 4_096;
    long largest = Chunks.COUNT_MAX * entry + Manifest.GENERATIONS_MAX * generation + rest;
    assertTrue(largest <= ManifestReader.BYTES_MAX, "largest " + largest);
  }

  @Test
  void exampleOnThePageIsTheVectorItNames() throws IOException {
    String page = page();
    int begin = page.indexOf("```json\n") + "```json\n".length();
    String example = page.substring(begin, page.indexOf("```", begin));
    assertEquals(SampleManifests.write(SampleManifests.takenOver()), example);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (Path page :
        List.of(
            DOCS.resolve("FORMAT.md"),
            DOCS.resolve("GLOSSARY.md"),
            DOCS.resolve("adr/0001-manifest-checksum.md"))) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        Path target = page.resolveSibling(link.group(1));
        assertTrue(Files.exists(target), page + " links to " + target);
      }
    }
  }

  private static void assertRow(String page, String what, String value) {
    assertTrue(page.contains("\n| " + what + " | " + value + " |"), what + ": " + value);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("FORMAT.md"));
  }
}
