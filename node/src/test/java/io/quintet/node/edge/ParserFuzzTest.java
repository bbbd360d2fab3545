package io.quintet.node.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Seeded nonsense for everything that the front door parses itself.
class ParserFuzzTest {
  private static final int ROUNDS = 200_000;
  private static final String ALPHABET = "bytes=0123456789-, \t%abcdefABCDEF[]{}\":\\./\u00e9";

  private static String nonsense(Random random, int max) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(max);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  @Test
  void everyRangeHeaderIsIgnoredOrLiesWithinTheChunk() {
    long seed = 1;
    Random random = new Random(seed);
    int parts = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String header =
          random.nextBoolean()
              ? "bytes=" + nonsense(random, 8)
              : "bytes=" + random.nextInt(50) + "-" + random.nextInt(50);
      int size = random.nextInt(40);
      if (ByteRange.parse(header, size) instanceof ByteRange.Asked.Part(ByteRange range)) {
        String shown = header + " of " + size + ", seed " + seed + " round " + i;
        assertTrue(range.first() >= 0 && range.first() <= range.last(), shown);
        assertTrue(range.last() < size && range.length() > 0, shown);
        parts++;
      }
    }
    assertTrue(parts > ROUNDS / 10, "the generator makes real ranges too");
  }

  @Test
  void rangesMeanWhatTheRfcSays() {
    assertEquals(part(0, 0), ByteRange.parse("bytes=0-0", 10));
    assertEquals(part(5, 9), ByteRange.parse("bytes=5-", 10));
    assertEquals(part(5, 9), ByteRange.parse("bytes=5-999999999999999999", 10));
    assertEquals(part(7, 9), ByteRange.parse("bytes=-3", 10));
    assertEquals(part(0, 9), ByteRange.parse("bytes=-300", 10));
    assertInstanceOf(ByteRange.Asked.Outside.class, ByteRange.parse("bytes=10-", 10));
    assertInstanceOf(ByteRange.Asked.Outside.class, ByteRange.parse("bytes=-0", 10));
    assertInstanceOf(ByteRange.Asked.Outside.class, ByteRange.parse("bytes=0-0", 0));
    for (String ignored :
        new String[] {
          "bytes=-",
          "bytes=5-4",
          "bytes=1-2,3-4",
          "Bytes=0-1",
          "bytes = 0-1",
          "bytes=0-9999999999999999999999",
          "lines=0-1",
          ""
        }) {
      assertInstanceOf(ByteRange.Asked.Whole.class, ByteRange.parse(ignored, 10), ignored);
    }
    assertInstanceOf(ByteRange.Asked.Whole.class, ByteRange.parse(null, 10));
  }

  private static ByteRange.Asked part(int first, int last) {
    return new ByteRange.Asked.Part(new ByteRange(first, last));
  }

  @Test
  void idsAreExactlySixtyFourLowerCaseHexDigits() {
    long seed = 2;
    Random random = new Random(seed);
    for (int i = 0; i < ROUNDS; i++) {
      String text = nonsense(random, 70);
      assertEquals(text.matches("[0-9a-f]{64}"), Key.isHex(text), text + " seed " + seed);
    }
    assertTrue(Key.isHex("0123456789abcdef".repeat(4)));
    assertFalse(Key.isHex("0123456789ABCDEF".repeat(4)));
  }

  @Test
  void hostsAreReadWithoutSurprise() {
    assertEquals("localhost", HostRule.nameOf("localhost:8000"));
    assertEquals("0:0:0:0:0:0:0:1", HostRule.nameOf("[::1]:8000"));
    assertEquals("0:0:0:0:0:0:0:1", HostRule.nameOf("[0::0:1]"));
    assertEquals("", HostRule.nameOf("[localhost]"));
    assertEquals("", HostRule.nameOf("[::1"));
    assertEquals("", HostRule.nameOf("::1"));
    assertEquals("", HostRule.nameOf("localhost:80:80"));
    assertEquals("", HostRule.nameOf("localhost:evil.example"));
    Random random = new Random(3);
    for (int i = 0; i < ROUNDS; i++) {
      HostRule.nameOf(nonsense(random, 30));
    }
  }

  @Test
  void theDepthOfJsonIsFoundThroughStringsAndEscapes() {
    assertEquals(2, JsonDepth.of(Buffer.buffer("{\"a\":[1,2]}")));
    assertEquals(1, JsonDepth.of(Buffer.buffer("{\"[[[[\":\"\\\"[[[\"}")));
    assertEquals(17, JsonDepth.of(Buffer.buffer("[".repeat(17))));
    assertEquals(0, JsonDepth.of(Buffer.buffer("\"")));
    Random random = new Random(4);
    for (int i = 0; i < ROUNDS; i++) {
      assertTrue(JsonDepth.of(Buffer.buffer(nonsense(random, 40))) <= 40);
    }
  }
}
