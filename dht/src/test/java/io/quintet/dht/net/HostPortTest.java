package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "nas:8000, nas, 8000",
    "127.0.0.1:1, 127.0.0.1, 1",
    "a-b.example.org:65535, a-b.example.org, 65535",
    "[::1]:8000, ::1, 8000",
    "[fe80::1%eth0]:8000, fe80::1%eth0, 8000",
  })
  void hostsAndPortsAreReadAsPeopleWriteThem(String text, String host, int port) {
    assertEquals(new HostPort(host, port), HostPort.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "nas",
        "nas:",
        ":8000",
        "nas:0",
        "nas:65536",
        "nas:99999999999",
        "nas:-1",
        "nas:+1",
        "nas:1x",
        "nas: 1",
        "nas :1",
        "http://nas:8000",
        "nas/x:8000",
        "::1:8000",
        "[]:8000",
        "[::1]8000",
        "na\ns:8000",
        "nas:\u0661"
      })
  void everythingElseIsRefused(String text) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text)).getMessage());
    assertTrue(message.contains("HOST:PORT"), message);
  }

  @Test
  void aWrongAddressIsShownShort() {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> HostPort.parse("x".repeat(5_000)))
                .getMessage());
    assertTrue(message.length() < 200, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a/b", "name\u0000", "n\u00e4me"})
  void aNetworkNameIsPlain(String name) {
    assertThrows(IllegalArgumentException.class, () -> DhtOptions.of(name, 9_999, List.of()));
  }
}
