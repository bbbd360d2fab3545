package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InterfacesTest {
  @Test
  void loopbackIsChosenByNameWithABroadcastAddressThatStaysOnTheMachine() throws Exception {
    ChosenInterface lo = only(Interfaces.choose(List.of("lo"), null));
    assertEquals("lo", lo.name());
    assertTrue(lo.isLoopback());
    assertEquals(List.of(InetAddress.getByName("127.255.255.255")), lo.broadcastAddresses());
    assertTrue(lo.addresses().stream().anyMatch(each -> each.reaches(address("127.9.9.9"))));
  }

  @Test
  void theEnvironmentNamesInterfacesForWhoeverWasToldNone() {
    assertEquals("lo", only(Interfaces.choose(List.of(), " lo ,, lo")).name());
    assertEquals("lo", only(Interfaces.choose(List.of("lo"), "no-such-interface")).name());
  }

  @Test
  void withoutAnyNameLoopbackIsAmongTheChosenAndEachCanBroadcast() {
    List<ChosenInterface> chosen = Interfaces.choose(List.of(), "");
    assertTrue(chosen.stream().anyMatch(ChosenInterface::isLoopback), chosen.toString());
    assertFalse(chosen.stream().anyMatch(each -> each.broadcastAddresses().isEmpty()));
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatExist() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Interfaces.choose(List.of("lo", "no-such-interface"), null))
                .getMessage());
    assertTrue(message.contains("'no-such-interface'"), message);
    assertTrue(message.contains("lo"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 24, 10.1.2.200, true",
    "10.1.2.3, 24, 10.1.3.3, false",
    "10.1.2.3, 23, 10.1.3.3, true",
    "10.1.2.3, 32, 10.1.2.3, true",
    "10.1.2.3, 32, 10.1.2.2, false",
    "10.1.2.3, 0, 200.1.2.3, true",
    "127.0.0.1, 8, 127.255.0.9, true",
    "fe80::1, 64, fe80::2, true",
    "fe80::1, 64, fe81::2, false",
    "10.1.2.3, 0, fe80::2, false",
  })
  void aSubnetReachesWhatSharesItsPrefix(String own, int bits, String other, boolean reached) {
    assertEquals(reached, new LocalAddress(address(own), bits).reaches(address(other)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 33})
  void anImpossiblePrefixIsRefused(int bits) {
    assertThrows(IllegalArgumentException.class, () -> new LocalAddress(address("10.0.0.1"), bits));
  }

  private static ChosenInterface only(List<ChosenInterface> chosen) {
    assertEquals(1, chosen.size(), chosen.toString());
    return chosen.getFirst();
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
