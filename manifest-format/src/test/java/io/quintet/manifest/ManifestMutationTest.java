package io.quintet.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The promise of the format: a mutant of a manifest is refused, or says the very same. Since
/// reading touches nothing but the stream, what is refused is refused before any IO; and since
/// equal manifests name the same chunks, keys and root, what is not refused restores identical
/// bytes.
final class ManifestMutationTest {
  static Iterable<Manifest> manifests() {
    return SampleManifests.all();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void everyMutantOfEveryTokenIsRefusedOrReadsBackEqual(Manifest manifest) throws IOException {
    JsonTree tree = JsonTree.parse(SampleManifests.write(manifest));
    Verdicts verdicts = new Verdicts(manifest);
    JsonMutants.of(tree, mutant -> verdicts.judge(mutant.toString()));
    assertTrue(verdicts.refused > 1_000, verdicts::toString);
    assertTrue(verdicts.harmless > 50, verdicts::toString);
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void anyTwoValuesExchangedAreRefusedOrReadBackEqual(Manifest manifest) {
    String text = SampleManifests.write(manifest);
    Verdicts verdicts = new Verdicts(manifest);
    List<String> values = values(text);
    for (String one : values) {
      for (String other : values) {
        String exchanged = text.replace(one, "?").replace(other, one).replace("?", other);
        verdicts.judge(exchanged);
        verdicts.judge(text.replace(one, other));
      }
    }
    assertTrue(verdicts.refused > values.size(), verdicts::toString);
  }

  private static List<String> values(String text) {
    List<String> values = new ArrayList<>();
    for (String word : text.split("[\\s,{}\\[\\]]+", -1)) {
      if (!word.isEmpty() && !word.endsWith(":")) {
        values.add(word);
      }
    }
    return values;
  }

  @Test
  void everyTruncationIsRefused() {
    for (Manifest manifest : SampleManifests.all()) {
      byte[] text = bytes(manifest);
      Verdicts verdicts = new Verdicts(manifest);
      // The last byte is a line break, which is not missed.
      for (int length = 0; length < text.length; length++) {
        verdicts.judge(Arrays.copyOf(text, length));
      }
      assertEquals(text.length - 1, verdicts.refused, verdicts::toString);
      assertEquals(1, verdicts.harmless, verdicts::toString);
    }
  }

  @Test
  void everySubstitutionOfOneByteIsRefusedOrReadsBackEqual() {
    Manifest manifest = SampleManifests.oneChunk();
    byte[] text = bytes(manifest);
    Verdicts verdicts = new Verdicts(manifest);
    for (int i = 0; i < text.length; i++) {
      for (int value = 0; value < 256; value++) {
        byte[] mutant = text.clone();
        mutant[i] = (byte) value;
        verdicts.judge(mutant);
      }
    }
    assertTrue(verdicts.refused > 200 * text.length, verdicts::toString);
    assertTrue(verdicts.harmless > text.length, verdicts::toString);
  }

  @Test
  void everyByteLeftOutOrPutInIsRefusedOrReadsBackEqual() {
    Manifest manifest = SampleManifests.takenOver();
    byte[] text = bytes(manifest);
    Verdicts verdicts = new Verdicts(manifest);
    for (int i = 0; i < text.length; i++) {
      verdicts.judge(replaced(text, i, i + 1, ""));
      verdicts.judge(replaced(text, i, Math.min(i + 16, text.length), ""));
      for (String added : List.of(" ", "\n", "0", "f", "\"", ",", ":", "{", "]", "\\", "\0", "-")) {
        verdicts.judge(replaced(text, i, i, added));
      }
    }
    assertTrue(verdicts.refused > text.length, verdicts::toString);
    assertTrue(verdicts.harmless > 10, verdicts::toString);
  }

  @Test
  void everyLayoutOfTheSameValuesReadsBackEqual() throws IOException {
    for (Manifest manifest : SampleManifests.all()) {
      String text = SampleManifests.write(manifest);
      for (String layout :
          List.of(
              JsonTree.parse(text).toString(),
              text.replace("\n", "\r\n"),
              text.replace("  ", "\t"),
              text.replace(": ", " : "),
              "\n\n" + text + "\n \t")) {
        assertEquals(manifest, SampleManifests.read(layout), layout);
      }
    }
  }

  private static byte[] bytes(Manifest manifest) {
    return SampleManifests.write(manifest).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] replaced(byte[] text, int begin, int end, String by) {
    String whole = new String(text, StandardCharsets.ISO_8859_1);
    return (whole.substring(0, begin) + by + whole.substring(end))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Reads mutants of one manifest, and counts how they fare.
  private static final class Verdicts {
    private final Manifest original;
    private int refused;
    private int harmless;

    Verdicts(Manifest original) {
      this.original = original;
    }

    void judge(String mutant) {
      judge(mutant.getBytes(StandardCharsets.UTF_8));
    }

    void judge(byte[] mutant) {
      try {
        Manifest read = ManifestReader.read(new ByteArrayInputStream(mutant));
        assertEquals(original, read, () -> shown(mutant));
        harmless++;
      } catch (ManifestException e) {
        assertFalse(Secrets.show(e.getMessage()), e::getMessage);
        assertTrue(e.getMessage().length() < 250, e::getMessage);
        assertTrue(e.path().startsWith("$"), e::getMessage);
        refused++;
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(shown(mutant), e);
      }
    }

    private static String shown(byte[] mutant) {
      return new String(mutant, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      return refused + " refused, " + harmless + " harmless";
    }
  }
}
