package io.quintet.client.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1048500, 1023.9 KiB",
    "1048575, 1.0 MiB",
    "1099511627776, 1.0 TiB",
    "9223372036854775807, 8.0 EiB"
  })
  void bytesUseTheUnitThatFits(long bytes, String text) {
    assertEquals(text, Amounts.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "0.1, 0:01", "59.2, 1:00", "61, 1:01", "3599.5, 1:00:00", "3661, 1:01:01"})
  void durationsAreRoundedUp(double seconds, String text) {
    assertEquals(text, Amounts.duration(seconds));
  }
}
