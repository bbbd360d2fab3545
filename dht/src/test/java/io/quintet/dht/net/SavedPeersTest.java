package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SavedPeersTest {
  private static final List<Contact> TWO =
      List.of(
          new Contact(new Key(1, 2, 3, 4), "10.0.0.1", 8_000),
          new Contact(new Key(5, 6, 7, 8), "fd00:0:0:0:0:0:0:1", 1));

  @TempDir private Path directory;
  private SavedPeers peers;

  @BeforeEach
  void open() {
    peers = new SavedPeers(directory.resolve("state"), "test-net");
  }

  @Test
  void nobodyIsKnownBeforeTheFirstRun() {
    assertEquals(List.of(), peers.load());
    assertEquals("peers-test-net.json", String.valueOf(peers.file().getFileName()));
  }

  @Test
  void contactsComeBackInOrderAndBelongToTheOwnerAlone() throws IOException {
    peers.save(TWO);
    assertEquals(TWO, peers.load());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(peers.file())));
    peers.save(TWO.subList(1, 2));
    assertEquals(TWO.subList(1, 2), peers.load());
    try (var files = Files.list(peers.file().getParent())) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  @Test
  void nodesOfOneNetworkAreNotThoseOfAnother() throws IOException {
    peers.save(TWO);
    assertEquals(List.of(), new SavedPeers(directory.resolve("state"), "other").load());
  }

  @Test
  void aBoundedNumberIsKept() throws IOException {
    List<Contact> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(new Contact(new Key(i, i, i, i), "192.128.128.128", 65_535));
    }
    peers.save(many);
    assertEquals(many.subList(0, SavedPeers.CONTACTS_MAX), peers.load());
  }

  @Test
  void everyDamageIsReadAsSomeContactsOrNobodyAndIsWrittenOver() throws IOException {
    peers.save(TWO);
    byte[] whole = Files.readAllBytes(peers.file());
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 2;
      Files.write(peers.file(), damaged);
      assertTrue(peers.load().size() <= 2);
      Files.write(peers.file(), Arrays.copyOf(whole, at));
      // The last byte is the end of the line.
      assertEquals(at == whole.length - 1 ? TWO : List.of(), peers.load());
    }
    peers.save(TWO);
    assertArrayEquals(whole, Files.readAllBytes(peers.file()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"version\":2,\"contacts\":[]}",
        "{\"version\":1,\"contacts\":{}}",
        "{\"version\":1,\"contacts\":[{\"id\":\"00\",\"host\":\"10.0.0.1\",\"port\":1}]}",
      })
  void anotherDocumentIsNobody(String text) throws IOException {
    Files.createDirectories(peers.file().getParent());
    Files.writeString(peers.file(), text);
    assertEquals(List.of(), peers.load());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nas", "0.0.0.0", "255.255.255.255", "224.0.0.1", "10.0.0.1 ", "010.0.0.1"})
  void aHostThatIsNotTheAddressOfOneMachineIsRefused(String host) throws IOException {
    Files.createDirectories(peers.file().getParent());
    String contact =
        "{\"id\":\"%s\",\"host\":\"%s\",\"port\":1}".formatted(new Key(1, 2, 3, 4), host);
    Files.writeString(peers.file(), "{\"version\":1,\"contacts\":[" + contact + "]}");
    assertEquals(List.of(), peers.load());
  }

  @Test
  void anEndlessFileIsNotRead() throws IOException {
    Files.createDirectories(peers.file().getParent());
    Files.write(peers.file(), new byte[1_000_000]);
    assertEquals(List.of(), peers.load());
  }

  @Test
  void theNameOfANetworkCannotLeaveTheDirectory() {
    assertThrows(IllegalArgumentException.class, () -> new SavedPeers(directory, "../x"));
    assertThrows(IllegalArgumentException.class, () -> new SavedPeers(directory, ""));
  }
}
