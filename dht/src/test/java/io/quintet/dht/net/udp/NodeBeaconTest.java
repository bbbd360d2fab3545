package io.quintet.dht.net.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.ChosenInterface;
import io.quintet.dht.net.Interfaces;
import io.quintet.dht.net.LocalAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node's beacon on loopback, and a stranger with a plain socket.
final class NodeBeaconTest {
  private static final Contact SELF = new Contact(new Key(1, 2, 3, 4), "127.0.0.1", 8_001);
  private static final Key HELD = new Key(5, 5, 5, 5);
  private static final Key NOT_HELD = new Key(6, 6, 6, 6);
  private static final String NONCE = "0f".repeat(16);
  private static final BeaconJson JSON = new BeaconJson("beacon-test");
  private static final List<ChosenInterface> LOOPBACK = Interfaces.choose(List.of("lo"));

  /// How long a test waits for silence.
  private static final int SILENCE_MILLIS = 150;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Contact> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Contact> left = new LinkedBlockingQueue<>();
  private DatagramSocket stranger;
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    stranger = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    stranger.setSoTimeout(5_000);
    try (DatagramSocket free = new DatagramSocket()) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void close() throws Exception {
    stranger.close();
    await(vertx.close());
  }

  @Test
  void whoIsAnsweredByAHelloThatIsNoLonger() throws Exception {
    startNode(LOOPBACK);
    Buffer question = JSON.encode(new Beacon.Who());
    send(question);
    Buffer answer = receive();
    Beacon.Hello hello = assertInstanceOf(Beacon.Hello.class, JSON.decode(answer));
    assertEquals(SELF.id(), hello.id());
    assertEquals(SELF.port(), hello.port());
    assertEquals(9, hello.boot());
    assertTrue(answer.length() <= question.length(), answer.toString());
  }

  @Test
  void aQuestionThatIsShorterThanItsAnswerGetsNone() throws Exception {
    startNode(LOOPBACK);
    for (int i = 0; i < 20; i++) {
      send(Buffer.buffer("{\"net\":\"beacon-test\",\"type\":\"WHO\"}"));
    }
    send(JSON.encode(new Beacon.QueryChunk(NONCE, List.of(HELD))));
    assertInstanceOf(Beacon.Have.class, JSON.decode(receive()));
    assertSilence();
  }

  @Test
  void onlyWhatIsHeldIsClaimed() throws Exception {
    startNode(LOOPBACK);
    send(JSON.encode(new Beacon.QueryChunk(NONCE, List.of(NOT_HELD))));
    send(JSON.encode(new Beacon.QueryChunk(NONCE, List.of(NOT_HELD, HELD))));
    assertEquals(
        new Beacon.Have(SELF.id(), SELF.port(), null, NONCE, List.of(HELD)),
        JSON.decode(receive()));
    assertSilence();
  }

  @Test
  void nonsenseAndOtherNetworksAreDroppedAndTheNodeGoesOn() throws Exception {
    startNode(LOOPBACK);
    for (int i = 0; i < 50; i++) {
      send(Buffer.buffer("{".repeat(i)));
      send(new BeaconJson("beacon-tests").encode(new Beacon.Who()));
    }
    send(JSON.encode(new Beacon.Who()));
    assertInstanceOf(Beacon.Hello.class, JSON.decode(receive()));
    assertSilence();
    assertEquals(0, heard.size());
  }

  @Test
  void aSourceOutsideTheChosenSubnetsGetsNoAnswer() throws Exception {
    LocalAddress elsewhere = new LocalAddress(InetAddress.ofLiteral("127.9.9.9"), 32);
    startNode(List.of(new ChosenInterface("none", List.of(elsewhere), List.of())));
    send(JSON.encode(new Beacon.Who()));
    assertSilence();
  }

  @Test
  void neighboursHearHelloAndGoodbyeAndNobodyHearsItself() throws Exception {
    NodeBeacon first = startNode(LOOPBACK);
    BlockingQueue<Beacon> neighbour = new LinkedBlockingQueue<>();
    BeaconSocket socket = await(onContext(() -> BeaconSocket.open(vertx, port, JSON, LOOPBACK)));
    socket.listen((beacon, source, size) -> neighbour.add(beacon));
    assertInstanceOf(Beacon.Hello.class, neighbour.poll(5, TimeUnit.SECONDS));

    Key other = new Key(7, 7, 7, 7);
    socket.broadcast(new Beacon.Hello(other, 8_002, null, 1, 1), port);
    assertEquals(new Contact(other, "127.0.0.1", 8_002), heard.poll(5, TimeUnit.SECONDS));
    socket.broadcast(new Beacon.Goodbye(other, 8_002, null), port);
    assertEquals(new Contact(other, "127.0.0.1", 8_002), left.poll(5, TimeUnit.SECONDS));

    await(onContext(first::close));
    Beacon last = neighbour.poll(5, TimeUnit.SECONDS);
    while (last instanceof Beacon.Hello) {
      last = neighbour.poll(5, TimeUnit.SECONDS);
    }
    // Its own greeting to the node comes back too: the port is shared.
    if (last instanceof Beacon.Goodbye bye && bye.id().equals(other)) {
      last = neighbour.poll(5, TimeUnit.SECONDS);
    }
    assertEquals(new Beacon.Goodbye(SELF.id(), SELF.port(), null), last);
    assertEquals(List.of(), List.copyOf(heard), "nobody hears itself");
  }

  @Test
  void whoIsSilentHasItsGoodbyeSaidByOthersAtItsOwnAddress() throws Exception {
    NodeBeacon beacon = startNode(LOOPBACK);
    BlockingQueue<Beacon> neighbour = new LinkedBlockingQueue<>();
    BlockingQueue<Contact> meant = new LinkedBlockingQueue<>();
    BeaconSocket socket = await(onContext(() -> BeaconSocket.open(vertx, port, JSON, LOOPBACK)));
    socket.listen((heard, source, size) -> {
      if (heard instanceof Beacon.Goodbye bye) {
        Contact contact = socket.contact(bye.id(), bye.host(), bye.port(), source);
        meant.add(contact == null ? SELF : contact);
      }
      neighbour.add(heard);
    });
    assertInstanceOf(Beacon.Hello.class, neighbour.poll(5, TimeUnit.SECONDS));
    Contact silent = new Contact(new Key(7, 7, 7, 7), "127.0.0.7", 8_007);
    vertx.getOrCreateContext().runOnContext(hop -> beacon.sayGoodbyeFor(silent));
    assertEquals(silent, meant.poll(5, TimeUnit.SECONDS));
  }

  @Test
  void anAnswerToAnotherQuestionIsNotBelieved() throws Exception {
    startNode(LOOPBACK);
    Key liar = new Key(8, 8, 8, 8);
    Key honest = new Key(9, 9, 9, 9);
    BeaconSocket socket = await(onContext(() -> BeaconSocket.open(vertx, port, JSON, LOOPBACK)));
    socket.listen((beacon, source, size) -> {
      if (beacon instanceof Beacon.QueryChunk query) {
        socket.send(new Beacon.Have(liar, 8_008, null, NONCE, query.ids()), source);
        socket.send(new Beacon.Have(honest, 8_009, null, query.nonce(), query.ids()), source);
        socket.send(
            new Beacon.Have(honest, 8_009, null, query.nonce(), List.of(SELF.id())), source);
      }
    });
    Inquiry inquiry =
        await(
            onContext(() ->
                BeaconSocket.open(vertx, 0, JSON, LOOPBACK)
                    .map(own ->
                        new Inquiry(vertx, own, port, (contact, boot) -> heard.add(contact)))));
    Map<Key, List<Contact>> found =
        await(onContext(() -> inquiry.queryChunks(List.of(HELD, NOT_HELD))));
    assertEquals(
        List.of(8_001, 8_009),
        found.getOrDefault(HELD, List.of()).stream().map(Contact::port).sorted().toList());
    assertEquals(
        List.of(new Contact(honest, "127.0.0.1", 8_009)),
        found.get(NOT_HELD),
        "the other nonce counts for nothing");
    assertEquals(2, found.size());
  }

  private NodeBeacon startNode(List<ChosenInterface> interfaces) throws Exception {
    NodeBeacon.Role role =
        new NodeBeacon.Role(
            SELF, null, 9, HELD::equals, () -> 1, (contact, boot) -> heard.add(contact), left::add);
    return await(
        onContext(() ->
            BeaconSocket.open(vertx, port, JSON, interfaces)
                .map(socket -> {
                  NodeBeacon beacon = new NodeBeacon(vertx, socket, port, role, new Random(1));
                  beacon.start();
                  return beacon;
                })));
  }

  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    vertx.getOrCreateContext().runOnContext(hop -> work.get().onComplete(done));
    return done.future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(8, TimeUnit.SECONDS);
  }

  private void send(Buffer datagram) throws IOException {
    byte[] bytes = datagram.getBytes();
    stranger.send(
        new DatagramPacket(bytes, bytes.length, InetAddress.ofLiteral("127.0.0.1"), port));
  }

  private Buffer receive() throws IOException {
    byte[] bytes = new byte[2_000];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    stranger.receive(packet);
    return Buffer.buffer(Arrays.copyOf(bytes, packet.getLength()));
  }

  private void assertSilence() throws IOException {
    stranger.setSoTimeout(SILENCE_MILLIS);
    assertThrows(SocketTimeoutException.class, this::receive);
  }
}
