package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdvertisedAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://192.0.2.7:18000, 192.0.2.7, 18000",
    "HTTP://192.0.2.7:18000/, 192.0.2.7, 18000",
    "http://192.0.2.7, 192.0.2.7, 80",
    "http://[fd00::7]:1, fd00:0:0:0:0:0:0:7, 1",
    "http://127.0.0.1:65535, 127.0.0.1, 65535",
    "http://localhost:8000, 127.0.0.1, 8000",
  })
  void urlOfOneMachineIsTaken(String url, String host, int port) {
    AdvertisedAddress address = AdvertisedAddress.parse(url);
    assertEquals(host, address.host());
    assertEquals(port, address.port());
    assertEquals(host, AdvertisedAddress.parse(address.url()).host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "192.0.2.7",
        "192.0.2.7:8000",
        "https://192.0.2.7:8000",
        "ftp://192.0.2.7:8000",
        "http://",
        "http://:8000",
        "http:///path",
        "http:192.0.2.7:8000",
        "http://192.0.2.7:8000/chunk",
        "http://192.0.2.7:8000?a=b",
        "http://192.0.2.7:8000#a",
        "http://me@192.0.2.7:8000",
        "http://192.0.2.7:0",
        "http://192.0.2.7:65536",
        "http://192.0.2.7:-1",
        "http://192.0.2.7:99999999999",
        "http://192.0.2.7:8000 ",
        "http://0.0.0.0:8000",
        "http://255.255.255.255:8000",
        "http://239.0.0.1:8000",
        "http://[::]:8000",
        "http://[ff02::1]:8000",
        "http://[fe80::1%25lo]:8000",
        "http://[::1:8000",
        "http://no such name:8000",
        "http://name.invalid:8000",
      })
  void anythingElseIsRefusedByName(String url) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> AdvertisedAddress.parse(url))
                .getMessage());
    assertTrue(message.startsWith("advertise: '"), message);
  }
}
