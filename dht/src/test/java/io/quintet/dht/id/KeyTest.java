package io.quintet.dht.id;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyTest {
  private final SplittableRandom random = new SplittableRandom(11);

  @Test
  void textAndBytesRoundTrip() {
    for (int i = 0; i < 100; i++) {
      Key key = Key.random(random);
      assertEquals(key, Key.fromHex(key.toString()));
      assertEquals(key, Key.fromBytes(key.toBytes()));
      assertEquals(key.hashCode(), Key.fromHex(key.toString()).hashCode());
    }
  }

  @Test
  void onlyLowerCaseHexOfTheRightLengthIsAKey() {
    String good = "0123456789abcdef".repeat(4);
    assertTrue(Key.isHex(good));
    for (String bad : new String[] {"", "ab", good + "0", good.replace('a', 'A'), "g" + good}) {
      assertFalse(Key.isHex(bad), bad);
      assertThrows(IllegalArgumentException.class, () -> Key.fromHex(bad));
    }
    assertThrows(IllegalArgumentException.class, () -> Key.fromBytes(new byte[31]));
  }

  @Test
  void distanceAndOrderAreThoseOfBigNumbers() {
    for (int i = 0; i < 1_000; i++) {
      Key a = Key.random(random);
      Key b = a.withRandomTail(random.nextInt(Key.BITS), random);
      Key target = a.withRandomTail(random.nextInt(Key.BITS), random);
      assertEquals(number(a).xor(number(b)), number(a.distance(b)));
      assertEquals(number(a).compareTo(number(b)), Integer.signum(a.compareTo(b)));
      int expected = number(a.distance(target)).compareTo(number(b.distance(target)));
      assertEquals(expected, Integer.signum(target.compareDistance(a, b)));
    }
  }

  @Test
  void bitsAreThoseOfBigNumbers() {
    Key key = Key.random(random);
    for (int i = 0; i < Key.BITS; i++) {
      assertEquals(number(key).testBit(Key.BITS - 1 - i), key.bit(i), "bit " + i);
    }
    assertThrows(IllegalArgumentException.class, () -> key.bit(Key.BITS));
    assertThrows(IllegalArgumentException.class, () -> key.bit(-1));
  }

  @Test
  void aTailSharesExactlyThePrefix() {
    Key key = Key.random(random);
    for (int bits = 0; bits < Key.BITS; bits++) {
      assertEquals(bits, key.commonPrefixLength(key.withRandomTail(bits, random)));
      Key low = key.withFlippedTail(bits, false);
      Key high = key.withFlippedTail(bits, true);
      assertEquals(bits, key.commonPrefixLength(low));
      assertEquals(bits, key.commonPrefixLength(high));
      assertEquals(
          BigInteger.ONE.shiftLeft(Key.BITS - 1 - bits).subtract(BigInteger.ONE),
          number(high).subtract(number(low)));
    }
    assertEquals(Key.BITS, key.commonPrefixLength(key));
  }

  @Test
  void aSubtreeIsTheRangeOfAllKeysWithThePrefix() {
    Key key = Key.random(random);
    for (int bits = 0; bits <= Key.BITS; bits++) {
      BigInteger first = number(key.subtreeFirst(bits));
      BigInteger last = number(key.subtreeLast(bits));
      BigInteger size = BigInteger.ONE.shiftLeft(Key.BITS - bits);
      assertEquals(size.subtract(BigInteger.ONE), last.subtract(first));
      assertEquals(BigInteger.ZERO, first.mod(size));
      assertTrue(number(key).compareTo(first) >= 0 && number(key).compareTo(last) <= 0);
    }
  }

  @Test
  void wordsAreTheBinaryForm() {
    Key key = Key.random(random);
    long[] words = new long[6];
    key.writeWords(words, 1);
    assertEquals(key, new Key(words[1], words[2], words[3], words[4]));
    assertTrue(key.equalsWords(words, 1));
    words[4]++;
    assertFalse(key.equalsWords(words, 1));
    assertArrayEquals(key.toBytes(), Key.fromBytes(key.toBytes()).toBytes());
  }

  private static BigInteger number(Key key) {
    return new BigInteger(1, key.toBytes());
  }
}
