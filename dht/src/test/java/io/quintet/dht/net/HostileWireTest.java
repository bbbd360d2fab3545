package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A stranger on loopback who sends every datagram and every call in hostile forms to a node that
/// knows another one and has a record of it: malformed, oversized, replayed, spoofed, reordered.
final class HostileWireTest {
  private static final String NONCE_16 = "0f".repeat(16);
  private static final String NONCE_32 = "0f".repeat(32);

  private final Cluster cluster = new Cluster();
  private final SplittableRandom random = new SplittableRandom(7);
  private final Key told = Key.random(random);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void hostileDatagramsChangeNothing() {
    Cluster.Node victim = cluster.node();
    Cluster.Node friend = friendOf(victim);
    AtomicInteger calls = new AtomicInteger();
    int trap = trap(calls, "{}");
    DatagramSocket stranger =
        cluster.vertx.createDatagramSocket(new DatagramSocketOptions().setBroadcast(true));
    Cluster.await(stranger.listen(0, "127.0.0.1"));
    AtomicInteger greetings = new AtomicInteger();
    stranger.handler(packet -> greetings.incrementAndGet());
    for (Map.Entry<String, String> good : datagrams(friend.contact().id(), trap).entrySet()) {
      List<Buffer> forms = new ArrayList<>(malformed(good.getValue()));
      forms.add(Buffer.buffer(good.getValue() + " ".repeat(2_000)));
      forms.add(Buffer.buffer(good.getValue().replace(cluster.network, "other")));
      for (int again = 0; again < 5; again++) {
        forms.add(Buffer.buffer(good.getValue()));
      }
      forms.forEach(form -> Cluster.await(stranger.send(form, cluster.udpPort, "127.255.255.255")));
      // Whoever answers this has read all before it.
      int before = greetings.get();
      String who = pad("{'net':'" + cluster.network + "','type':'WHO','pad':'", 320);
      Cluster.await(stranger.send(Buffer.buffer(who), cluster.udpPort, "127.255.255.255"));
      cluster.eventually("both nodes answer", () -> greetings.get() >= before + 2);
      assertKnows(victim, friend, good.getKey());
    }
    cluster.eventually("the place that was named is asked for a proof", () -> calls.get() > 0);
    assertKnows(victim, friend, "after all");
    Cluster.await(stranger.close());
  }

  @Test
  void hostileCallsChangeNothing() {
    Cluster.Node victim = cluster.node();
    Cluster.Node friend = friendOf(victim);
    AtomicInteger calls = new AtomicInteger();
    int trap = trap(calls, "{}");
    HttpClient http = cluster.vertx.createHttpClient();
    String manyKeys = ("\"" + told + "\",").repeat(1_001);
    for (Map.Entry<String, String> good : calls(friend.contact().id(), trap).entrySet()) {
      String path = "/dht/" + good.getKey();
      for (Buffer form : malformed(good.getValue())) {
        assertEquals(400, post(http, victim, path, form), good.getKey() + ": " + form);
      }
      String oversized =
          good.getValue().replace("[", "[" + manyKeys).replace(NONCE_32, NONCE_32.repeat(100));
      if (!oversized.equals(good.getValue())) {
        assertEquals(400, post(http, victim, path, Buffer.buffer(oversized)), good.getKey());
      }
      Buffer elsewhere = Buffer.buffer(good.getValue().replace(cluster.network, "other"));
      assertEquals(400, post(http, victim, path, elsewhere), good.getKey());
      for (int again = 0; again < 3; again++) {
        assertEquals(200, post(http, victim, path, Buffer.buffer(good.getValue())), good.getKey());
      }
      assertKnows(victim, friend, good.getKey());
    }
    assertTrue(calls.get() > 0, "the place that was named is asked for a proof");
    assertKnows(victim, friend, "after all");
  }

  @Test
  void aPongThatAnsweredAnotherPingProvesNothing() {
    Cluster.Node victim = cluster.node();
    Cluster.Node friend = friendOf(victim);
    HttpClient http = cluster.vertx.createHttpClient();
    AtomicReference<String> heard = new AtomicReference<>("");
    String ping = quoted("{'net':'" + cluster.network + "','nonce':'" + NONCE_32 + "'}");
    Cluster.await(
        http.request(HttpMethod.POST, friend.contact().port(), "127.0.0.1", "/dht/ping")
            .compose(request -> request.send(Buffer.buffer(ping)))
            .compose(answer -> answer.body())
            .onSuccess(body -> heard.set(body.toString())));
    assertTrue(heard.get().contains("signature"), heard.get());
    AtomicInteger calls = new AtomicInteger();
    int trap = trap(calls, heard.get());
    String store = calls(friend.contact().id(), trap).get("store");
    assertEquals(200, post(http, victim, "/dht/store", Buffer.buffer(store)));
    assertTrue(calls.get() > 0, "it was asked, and answered with what it had heard");
    assertKnows(victim, friend, "a replayed pong");
  }

  @Test
  void nobodyWithdrawsTheRecordsOfAnother() {
    Cluster.Node victim = cluster.node();
    Cluster.Node friend = friendOf(victim);
    NodeIdentity stranger = NodeIdentity.generate();
    HttpClient http = cluster.vertx.createHttpClient();
    Key self = victim.contact().id();
    assertEquals(400, post(http, victim, "/dht/store", withdrawal(friend, stranger, self)));
    HexFormat hex = HexFormat.of();
    String mixed =
        withdrawal(friend, stranger, self)
            .toString()
            .replace(
                hex.formatHex(stranger.publicKey()), hex.formatHex(friend.identity().publicKey()));
    assertEquals(400, post(http, victim, "/dht/store", Buffer.buffer(mixed)));
    // What the friend said to another node, repeated here.
    Buffer elsewhere = withdrawal(friend, friend.identity(), told);
    assertEquals(400, post(http, victim, "/dht/store", elsewhere));
    assertKnowsOf(victim, friend);
    Buffer own = withdrawal(friend, friend.identity(), self);
    assertEquals(200, post(http, victim, "/dht/store", own));
    Map<Key, List<Contact>> found = Cluster.await(victim.peer().providers(List.of(told)));
    assertEquals(List.of(friend.contact()), found.get(told), "the friend itself still says so");
    cluster.stop(friend);
    assertEquals(
        Map.of(told, List.of()), Cluster.await(victim.peer().providers(List.of(told))), "its own");
  }

  /// What `signer` says in the name of `leaver` to the node `receiver`.
  private Buffer withdrawal(Cluster.Node leaver, NodeIdentity signer, Key receiver) {
    byte[] network = cluster.network.getBytes(StandardCharsets.US_ASCII);
    Buffer message =
        Buffer.buffer("quintet/withdraw/v1")
            .appendByte((byte) network.length)
            .appendBytes(network)
            .appendBytes(receiver.toBytes())
            .appendBytes(leaver.contact().id().toBytes());
    HexFormat hex = HexFormat.of();
    String from =
        "'id':'%s','port':%d,'publicKey':'%s','signature':'%s'"
            .formatted(
                leaver.contact().id(),
                leaver.contact().port(),
                hex.formatHex(signer.publicKey()),
                hex.formatHex(signer.sign(message.getBytes())));
    return Buffer.buffer(
        quoted(
            "{'net':'%s','keys':[],'withdraw':true,'from':{%s}}".formatted(cluster.network, from)));
  }

  private void assertKnowsOf(Cluster.Node victim, Cluster.Node friend) {
    assertEquals(
        Map.of(told, List.of(friend.contact())),
        Cluster.await(victim.peer().providers(List.of(told))));
  }

  /// Another node that the victim knows, with a record at the victim.
  private Cluster.Node friendOf(Cluster.Node victim) {
    Cluster.Node friend = cluster.node();
    cluster.eventually(
        "they know each other",
        () -> victim.peer().members().size() == 1 && friend.peer().members().size() == 1);
    friend.peer().provide(List.of(told));
    cluster.eventuallyGives(
        "the record is there",
        () -> victim.peer().providers(List.of(told)),
        found -> List.of(friend.contact()).equals(found.get(told)));
    return friend;
  }

  private void assertKnows(Cluster.Node victim, Cluster.Node friend, String after) {
    assertEquals(Set.of(friend.contact()), Set.copyOf(victim.peer().members()), after);
    assertEquals(
        Map.of(told, List.of(friend.contact())),
        Cluster.await(victim.peer().providers(List.of(told))),
        after);
  }

  /// A server that gives every call the same answer.
  private int trap(AtomicInteger calls, String answer) {
    HttpServer server =
        Cluster.await(
            cluster
                .vertx
                .createHttpServer()
                .requestHandler(request -> {
                  calls.incrementAndGet();
                  request.response().end(answer);
                })
                .listen(0, "127.0.0.1"));
    return server.actualPort();
  }

  /// One datagram of each type that says of `friend` what is not so, GOODBYE and I_HAVE first: in
  /// no order that makes sense.
  private Map<String, String> datagrams(Key friend, int port) {
    String node = "'net':'" + cluster.network + "','id':'" + friend + "','port':" + port;
    String ids = "'nonce':'" + NONCE_16 + "','ids':['" + told + "']";
    Map<String, String> all = new LinkedHashMap<>();
    all.put("GOODBYE", quoted("{" + node + ",'type':'GOODBYE'}"));
    all.put("I_HAVE", quoted("{" + node + ",'type':'I_HAVE'," + ids + "}"));
    all.put("HELLO", quoted("{" + node + ",'type':'HELLO','boot':9,'seq':0}"));
    all.put(
        "QUERY_CHUNK",
        quoted("{'net':'" + cluster.network + "','type':'QUERY_CHUNK'," + ids + "}"));
    all.put("WHO", quoted("{'net':'" + cluster.network + "','type':'WHO'}"));
    return all;
  }

  /// One call of each kind in the name of `friend` at a port where it is not.
  private Map<String, String> calls(Key friend, int port) {
    String from =
        "'net':'" + cluster.network + "','from':{'id':'" + friend + "','port':" + port + "}";
    Map<String, String> all = new LinkedHashMap<>();
    all.put("store", quoted("{" + from + ",'keys':['" + told + "']}"));
    all.put("find_value", quoted("{" + from + ",'target':'" + told + "','keys':['" + told + "']}"));
    all.put("find_node", quoted("{" + from + ",'target':'" + told + "'}"));
    all.put("ping", quoted("{" + from + ",'nonce':'" + NONCE_32 + "'}"));
    return all;
  }

  /// What is no longer valid JSON, or lacks what it needs.
  private static List<Buffer> malformed(String good) {
    return List.of(
        Buffer.buffer(),
        Buffer.buffer(good.substring(0, good.length() / 2)),
        Buffer.buffer(good + good),
        Buffer.buffer("[" + good + "]"),
        Buffer.buffer(good.replace("\"net\"", "\"Net\"")),
        Buffer.buffer(good.replace("\"net\":", "\"net\":\"x\",\"net\":")),
        Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xfe, 0}),
        Buffer.buffer("{\"net\":" + "[".repeat(500)));
  }

  private int post(HttpClient http, Cluster.Node to, String path, Buffer body) {
    return Cluster.await(
        http.request(HttpMethod.POST, to.contact().port(), "127.0.0.1", path)
            .compose(request -> request.send(body))
            .map(response -> response.statusCode()));
  }

  private static String pad(String start, int length) {
    return quoted(start + " ".repeat(length - start.length() - 2) + "'}");
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
