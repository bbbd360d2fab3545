package io.quintet.client.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ClientNetworkTest {
  @TempDir private Path state = Path.of("");

  @Test
  void nobodyThereSaysWhatWasTried() throws IOException {
    int port = freeUdpPort();
    NetworkOptions options =
        new NetworkOptions("client-network-test", port, List.of("lo"), List.of("127.0.0.1:1"));
    try (Network network = ClientNetwork.open(options, state)) {
      UserException e = assertThrows(UserException.class, () -> network.discover(1, 5));
      assertEquals(ExitCode.NO_NODES, e.exitCode());
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("client-network-test"), message);
      assertTrue(message.contains("127.0.0.1:1"), message);
      assertTrue(message.contains("lo"), message);
      assertFalse(message.contains("\n"), message);
    }
    assertTrue(isEmpty(state), "nobody is remembered");
  }

  @Test
  void anUnknownInterfaceIsAUsageError() {
    NetworkOptions options =
        new NetworkOptions("client-network-test", 9998, List.of("nosuch0"), List.of());
    try (Network network = ClientNetwork.open(options, state)) {
      UserException e = assertThrows(UserException.class, () -> network.discover(1, 5));
      assertEquals(ExitCode.USAGE, e.exitCode());
      assertTrue(String.valueOf(e.getMessage()).contains("nosuch0"), e.getMessage());
    }
  }

  @Test
  void whatWasNeverUsedOpensNothing() throws IOException {
    NetworkOptions impossible =
        new NetworkOptions("no such name!", -1, List.of("nosuch0"), List.of("nonsense"));
    ClientNetwork.open(impossible, state).close();
    assertTrue(isEmpty(state));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
