package io.quintet.client.transfer;

import static io.quintet.client.transfer.FakeTransport.BLOB;
import static io.quintet.client.transfer.FakeTransport.fail;
import static io.quintet.client.transfer.FakeTransport.node;
import static io.quintet.client.transfer.FakeTransport.ok;
import static io.quintet.client.transfer.FakeTransport.stuck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.codec.EncodedChunk.EncodedBlob;
import io.quintet.client.memory.MemoryNetwork;
import io.quintet.client.placement.PlacedChunk;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import io.quintet.dht.net.PeerException.Kind;
import io.quintet.dht.order.HashOrder;
import io.quintet.manifest.blob.ChunkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TransferTest {
  private static final EncodedBlob ENCODED = new EncodedBlob(ChunkId.ofBlob(BLOB), BLOB);
  private static final Key ID = Key.fromBytes(ENCODED.id().toBytes());

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong clock = new AtomicLong();
  private final NodeHealth health = new NodeHealth(clock::get);
  private final FakeTransport nodes = new FakeTransport();
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void aBusyNodeIsAskedAgainAfterAPause() throws Exception {
    nodes.script(1, fail(1, Kind.RETRYABLE), fail(1, Kind.RETRYABLE), ok());
    new RetryingTransport(nodes, pauses::add).put(node(1), ID, BLOB, false);
    assertEquals(List.of(1, 1, 1), nodes.calls());
    assertEquals(2, pauses.size());
    assertTrue(pauses.get(0).compareTo(pauses.get(1)) < 0);
  }

  @Test
  void whatCannotPassIsNotRetried() {
    for (Kind kind : List.of(Kind.NO_ROOM, Kind.PERMANENT, Kind.ABSENT)) {
      FakeTransport node = new FakeTransport().script(1, fail(1, kind));
      RetryingTransport retrying = new RetryingTransport(node, pauses::add);
      assertThrows(PeerException.class, () -> retrying.put(node(1), ID, BLOB, false));
      assertEquals(List.of(1), node.calls());
    }
    assertEquals(List.of(), pauses);
  }

  @Test
  void aNodeThatStaysBusyFailsAfterABoundedNumberOfAttempts() {
    nodes.script(1, fail(1, Kind.RETRYABLE));
    RetryingTransport retrying = new RetryingTransport(nodes, pauses::add);
    assertThrows(PeerException.class, () -> retrying.put(node(1), ID, BLOB, false));
    assertEquals(3, nodes.calls().size());
  }

  @Test
  void theFirstTargetsStoreAndTheOthersAreLeftAlone() throws Exception {
    StoredChunk stored = replicate(5, 9);
    assertEquals(5, Set.copyOf(stored.holders()).size());
    assertEquals(Set.of(1, 2, 3, 4, 5), Set.copyOf(nodes.calls()));
    assertEquals(List.of(), stored.failures());
  }

  @Test
  void otherTargetsTakeThePlaceOfFailingOnes() throws Exception {
    nodes.script(2, fail(2, Kind.NO_ROOM)).script(4, fail(4, Kind.PERMANENT));
    StoredChunk stored = replicate(5, 7);
    assertEquals(
        Set.of(1, 3, 5, 6, 7),
        stored.holders().stream().map(TransferTest::number).collect(Collectors.toSet()));
    assertEquals(2, stored.failures().size());
    assertTrue(stored.failures().toString().contains("192.0.2.2:8002: no room"));
    assertTrue(health.isAvoided(node(2)));
    assertFalse(health.isAvoided(node(1)));
  }

  @Test
  void everyTargetIsTriedOnceAndThenItEnds() throws Exception {
    IntStream.rangeClosed(1, 7).forEach(i -> nodes.script(i, fail(i, Kind.NO_ROOM)));
    nodes.script(3, ok());
    StoredChunk stored = replicate(5, 7);
    assertEquals(List.of(node(3).id()), stored.holders());
    assertEquals(7, nodes.calls().size());
    assertEquals(6, stored.failures().size());
  }

  @Test
  void aNodeThatHangsDoesNotHoldUpAPutWhileOthersCanTakeItsPlace() throws Exception {
    nodes.script(3, stuck(new CountDownLatch(1)));
    StoredChunk stored = replicate(5, 7);
    assertEquals(
        Set.of(1, 2, 4, 5, 6),
        stored.holders().stream().map(TransferTest::number).collect(Collectors.toSet()));
    assertTrue(health.isAvoided(node(3)), "others come first for the next chunk");
    assertFalse(health.isOut(node(3)), "being late is no failure");
    assertEquals(List.of(), health.troubles());
  }

  @Test
  void whenAllNodesAreSlowNobodyIsAskedInPlaceOfThem() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    IntStream.rangeClosed(1, 7).forEach(i -> nodes.script(i, stuck(later)));
    Future<StoredChunk> storing = threads.submit(() -> replicate(5, 7));
    assertThrows(TimeoutException.class, () -> storing.get(1_500, TimeUnit.MILLISECONDS));
    assertEquals(5, nodes.calls().size());
    later.countDown();
    assertEquals(5, storing.get(30, TimeUnit.SECONDS).holders().size());
  }

  @Test
  void theTargetThatIsAskedFirstLaterIsTheOneThatKeepsTheChunkInMemory() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.of(1)) {
      StoredChunk stored = replicate(5, 9);
      List<Contact> holders = IntStream.rangeClosed(1, 5).mapToObj(FakeTransport::node).toList();
      assertEquals(5, stored.holders().size());
      Contact first = new HolderOrder(network.dht(), health).of(ID, holders).getFirst();
      assertEquals(List.of(first), nodes.keeping());
    }
  }

  private StoredChunk replicate(int replicas, int targets) throws InterruptedException {
    List<Contact> all = IntStream.rangeClosed(1, targets).mapToObj(FakeTransport::node).toList();
    return new Replicator(nodes, health, replicas, threads).store(new PlacedChunk(ENCODED, all));
  }

  private static int number(Key id) {
    return id.toBytes()[7];
  }

  @Test
  void wrongBytesNameTheNodeOnceAndAreNeverPassedOn() {
    nodes.script(1, () -> new byte[] {1, 2, 3});
    List<String> warnings = new ArrayList<>();
    VerifyingTransport verifying = new VerifyingTransport(nodes, warnings::add);
    PeerException e = assertThrows(PeerException.class, () -> verifying.get(node(1), ID));
    assertEquals(Kind.PERMANENT, e.kind());
    assertThrows(PeerException.class, () -> verifying.get(node(1), ID));
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains(node(1).id().toString()));
    assertTrue(warnings.getFirst().contains("http://192.0.2.1:8001"));
  }

  @Test
  void theNextHolderIsAskedWhenOneFails() throws Exception {
    nodes.script(1, fail(1, Kind.ABSENT)).script(2, fail(2, Kind.RETRYABLE));
    List<PeerException> failed = new ArrayList<>();
    assertArrayEquals(BLOB, fetch(failed, 1, 2, 3, 4));
    assertEquals(List.of(1, 2, 3), nodes.calls());
    assertEquals(2, failed.size());
  }

  @Test
  void aSlowHolderIsHedgedAndTheFirstGoodAnswerWins() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    nodes.script(1, stuck(never));
    assertArrayEquals(BLOB, fetch(new ArrayList<>(), 1, 2, 3));
    assertEquals(List.of(1, 2), nodes.calls());
    assertTrue(health.isAvoided(node(1)), "the next chunk asks others first");
    assertFalse(health.isAvoided(node(2)));
  }

  @Test
  void aHolderThatWasLateIsTriedByOneCallAtATime() {
    health.worked(node(1));
    health.late(node(1));
    assertTrue(health.isAvoided(node(1)));
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertFalse(health.isAvoided(node(1)));
    health.begins(node(1));
    assertTrue(health.isAvoided(node(1)), "while one call finds out, others ask elsewhere");
    health.worked(node(1));
    assertFalse(health.isAvoided(node(1)));
  }

  @Test
  void holdersThatAreKnownToLiveAreAskedFirstAndThoseThatFailedLast() {
    try (MemoryNetwork network = MemoryNetwork.of(2)) {
      Contact member = network.node(1).contact();
      Contact failing = network.node(0).contact();
      health.failed(failing, new PeerException(failing, Kind.RETRYABLE, 0, "down"));
      health.worked(node(9));
      HolderOrder order = new HolderOrder(network.dht(), health);
      for (int i = 0; i < 50; i++) {
        Key chunk = new Key(i, 0, 0, 0);
        List<Contact> asked = order.of(chunk, List.of(failing, node(8), node(9), member));
        assertEquals(
            HashOrder.sorted(chunk, List.of(member, node(9)), Contact::id), asked.subList(0, 2));
        assertEquals(List.of(node(8), failing), asked.subList(2, 4));
      }
    }
  }

  @Test
  void eachHolderIsTheFirstOfItsShareOfTheChunks() {
    try (MemoryNetwork network = MemoryNetwork.of(1)) {
      HolderOrder order = new HolderOrder(network.dht(), health);
      Random random = new Random(5);
      List<Contact> holders = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        holders.add(new Contact(Key.random(random), "192.0.2.1", 8000 + i));
      }
      Map<Contact, Integer> first = new HashMap<>();
      for (int i = 0; i < 1_000; i++) {
        Key chunk = Key.random(random);
        Contact asked = order.of(chunk, holders).getFirst();
        Collections.shuffle(holders, random);
        assertEquals(asked, order.of(chunk, holders).getFirst(), "the same for everybody");
        first.merge(asked, 1, Integer::sum);
      }
      holders.forEach(holder -> assertEquals(200, first.getOrDefault(holder, 0), 60));
    }
  }

  @Test
  void noHolderGivesNothing() throws Exception {
    nodes.script(1, fail(1, Kind.ABSENT)).script(2, fail(2, Kind.PERMANENT));
    List<PeerException> failed = new ArrayList<>();
    assertNull(fetch(failed, 1, 2));
    assertNull(fetch(failed));
    assertEquals(2, failed.size());
  }

  private byte @org.jspecify.annotations.Nullable [] fetch(
      List<PeerException> failed, int... holders) throws InterruptedException {
    List<Contact> contacts = IntStream.of(holders).mapToObj(FakeTransport::node).toList();
    return new HedgedFetch(nodes, health, threads).fetch(ID, contacts, failed);
  }

  @Test
  void theHedgeDelayFollowsTheLatenciesWithinLimits() {
    Latencies latencies = new Latencies();
    assertEquals(Duration.ofSeconds(1), latencies.hedgeDelay());
    for (int i = 0; i < 64; i++) {
      latencies.took(Duration.ofMillis(1).toNanos());
    }
    assertEquals(Duration.ofMillis(50), latencies.hedgeDelay());
    for (int i = 0; i < 64; i++) {
      latencies.took(Duration.ofMillis(i < 58 ? 1 : 200).toNanos());
    }
    assertEquals(Duration.ofMillis(400), latencies.hedgeDelay());
    for (int i = 0; i < 64; i++) {
      latencies.took(Duration.ofMinutes(1).toNanos());
    }
    assertEquals(Duration.ofSeconds(5), latencies.hedgeDelay());
  }

  @Test
  void aNodeThatFailsForSeveralChunksIsLeftOutAndTriedAgainNowAndThen() {
    PeerException failure = new PeerException(node(1), Kind.RETRYABLE, 0, "down");
    health.failed(node(1), failure);
    assertTrue(health.isAvoided(node(1)));
    assertFalse(health.isOut(node(1)));
    health.failed(node(1), failure);
    health.failed(node(1), failure);
    assertTrue(health.isOut(node(1)));
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertFalse(health.isOut(node(1)));
    assertTrue(health.isOut(node(1)), "only one chunk probes");
    health.worked(node(1));
    assertFalse(health.isOut(node(1)));
    assertFalse(health.isAvoided(node(1)));
    assertEquals(List.of(), health.troubles());
  }
}
