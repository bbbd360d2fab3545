package io.quintet.node.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.peer.Peers;
import io.quintet.node.store.ChunkContent;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.ChunkWriter;
import io.quintet.node.store.DiskChunkStore;
import io.quintet.node.store.MemoryChunkStore;
import io.quintet.node.store.StoreLimits;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.Worker;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scrub finds what rotted, and the healing brings it back.
class ScrubServiceTest {
  private static final int CHUNKS = 12;
  private static final Contact OTHER = new Contact(new Key(9, 9, 9, 9), "127.0.0.1", 9);

  @TempDir Path dir;
  private final Clock clock = new Clock();
  private final Notes notes = new Notes();
  private final Fetching peers = new Fetching();
  private final Told told = new Told();
  private final Map<Key, byte[]> stored = new LinkedHashMap<>();
  private ChunkStore store = new MemoryChunkStore(1);

  @BeforeEach
  void fill() throws Exception {
    store = DiskChunkStore.open(dir, new StoreLimits(Long.MAX_VALUE, 0), true);
    Random random = new Random(3);
    for (int i = 0; i < CHUNKS; i++) {
      byte[] blob = new byte[random.nextInt(30_000) + 1];
      random.nextBytes(blob);
      Key id = Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(blob));
      try (ChunkWriter writer = store.begin(id, blob.length, false)) {
        writer.write(List.of(ByteBuffer.wrap(blob)));
        writer.commit();
      }
      stored.put(id, blob);
    }
  }

  private ScrubService scrub() {
    return new ScrubService(store, notes, clock::millis, clock);
  }

  private HealService heal() {
    HealService heal = new HealService(store, peers, told, clock);
    store.whenLost(heal::lost);
    return heal;
  }

  private Path file(Key id) {
    String name = id.toString();
    return dir.resolve("chunks").resolve(name.substring(0, 2)).resolve(name);
  }

  private void damage(Key id) throws Exception {
    byte[] bytes = Files.readAllBytes(file(id));
    bytes[bytes.length / 2] ^= 4;
    Files.write(file(id), bytes);
  }

  private static long figure(Worker worker, String name) {
    return Objects.requireNonNull(worker.figures().get(name), name).longValue();
  }

  private void onePass(ScrubService scrub) throws Exception {
    long before = figure(scrub, "passes");
    for (int i = 0; i < 3 * CHUNKS && figure(scrub, "passes") == before; i++) {
      clock.advance(pause(scrub.step()));
    }
    assertEquals(before + 1, figure(scrub, "passes"));
  }

  private static Duration pause(Step step) {
    return switch (step) {
      case Step.Busy() -> Duration.ZERO;
      case Step.Throttled(Duration pause) -> pause;
      case Step.Idle(Duration pause) -> pause;
      case Step.Done() -> Duration.ZERO;
    };
  }

  @Test
  void aPassReadsEveryChunkAndThenRestsUntilTheNextOneIsDue() throws Exception {
    ScrubService scrub = scrub();
    onePass(scrub);
    assertEquals(CHUNKS, figure(scrub, "chunksRead"));
    assertEquals(0, figure(scrub, "damaged"));
    assertInstanceOf(Step.Idle.class, scrub.step());
    assertEquals(CHUNKS, figure(scrub, "chunksRead"));
    clock.advance(ScrubPlan.PASS);
    onePass(scrub);
    assertEquals(2 * CHUNKS, figure(scrub, "chunksRead"));
  }

  @Test
  void everyByteIsReadWithinFourteenDaysPassAfterPass() throws Exception {
    ScrubService scrub = scrub();
    Duration began = Duration.ofNanos(clock.nanos());
    onePass(scrub);
    for (int i = 0; i < 5_000 && figure(scrub, "passes") < 2; i++) {
      clock.advance(pause(scrub.step()));
    }
    assertEquals(2, figure(scrub, "passes"));
    Duration both = Duration.ofNanos(clock.nanos()).minus(began);
    assertTrue(both.compareTo(Duration.ofDays(14)) < 0, both::toString);
  }

  @Test
  void whatRottedIsPutAsideAndFetchedAgainFromAnotherHolder() throws Exception {
    HealService heal = heal();
    ScrubService scrub = scrub();
    List<Key> ids = List.copyOf(stored.keySet());
    damage(ids.get(2));
    Files.delete(file(ids.get(5)));
    peers.holds.putAll(stored);
    onePass(scrub);
    assertEquals(2, figure(scrub, "damaged"));
    assertFalse(store.has(ids.get(2)));
    assertEquals(Set.of(ids.get(2), ids.get(5)), Set.copyOf(told.unprovided));
    while (figure(heal, "waiting") > 0) {
      clock.advance(pause(heal.step()));
    }
    assertEquals(2, figure(heal, "healed"));
    for (Key id : ids) {
      assertHolds(id);
    }
    assertTrue(told.provided.containsAll(List.of(ids.get(2), ids.get(5))));
    assertTrue(store.missing(10).isEmpty());
  }

  private void assertHolds(Key id) throws Exception {
    try (ChunkContent content = store.open(id).orElseThrow()) {
      assertTrue(content.sizeBytes() > 0);
    }
    assertArrayEquals(stored.get(id), Files.readAllBytes(file(id)));
  }

  @Test
  void whatNobodyGivesIsGivenUpAfterATime() throws Exception {
    HealService heal = heal();
    Key id = stored.keySet().iterator().next();
    damage(id);
    assertTrue(store.open(id).isEmpty());
    for (int i = 0; i < 200 && figure(heal, "waiting") > 0; i++) {
      clock.advance(pause(heal.step()));
    }
    assertEquals(1, figure(heal, "givenUp"));
    assertEquals(List.of(id), store.missing(10), "the next start tries again");
  }

  @Test
  void whatWasGoneAtTheStartIsFetchedAgainAndWithdrawnFromNobody() throws Exception {
    HealService before = heal();
    Key id = stored.keySet().iterator().next();
    damage(id);
    assertTrue(store.open(id).isEmpty());
    assertEquals(1, figure(before, "waiting"));
    told.unprovided.clear();
    peers.holds.put(id, stored.get(id));
    HealService after = new HealService(store, peers, told, clock);
    store.missing(10).forEach(after::fetchAgain);
    assertEquals(1, figure(after, "waiting"));
    after.step();
    assertHolds(id);
    assertEquals(List.of(), told.unprovided);
  }

  @Test
  void wrongBytesOfAnotherNodeAreNotKept() throws Exception {
    HealService heal = heal();
    Key id = stored.keySet().iterator().next();
    damage(id);
    peers.holds.put(id, new byte[5]);
    assertTrue(store.open(id).isEmpty());
    heal.step();
    assertFalse(store.has(id));
  }

  @Test
  void thePlaceSurvivesARestartAndADamagedPlaceStartsAgain() throws Exception {
    ScrubService scrub = scrub();
    for (int i = 0; i < CHUNKS / 2; i++) {
      clock.advance(pause(scrub.step()));
    }
    scrub.savePlace();
    ScrubService reborn = scrub();
    onePass(reborn);
    assertEquals(CHUNKS - CHUNKS / 2, figure(reborn, "chunksRead"));
    notes.text = "scrub 7 nonsense";
    ScrubService again = scrub();
    onePass(again);
    assertEquals(CHUNKS, figure(again, "chunksRead"));
  }

  @Test
  void whoAsksGetsAPassNow() throws Exception {
    ScrubService scrub = scrub();
    onePass(scrub);
    scrub.askForPass();
    Duration took = Duration.ZERO;
    for (int i = 0; i <= CHUNKS; i++) {
      Duration pause = pause(scrub.step());
      clock.advance(pause);
      took = took.plus(pause);
    }
    assertEquals(2, figure(scrub, "passes"));
    assertTrue(took.compareTo(Duration.ofMinutes(1)) < 0, took::toString);
  }

  /// Time that tests move.
  private static final class Clock implements MonotonicTime {
    private long nanos = 1_000_000_000_000L;

    void advance(Duration by) {
      nanos += by.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      advance(duration);
    }
  }

  private static final class Notes implements PlaceKeeper {
    String text = "";

    @Override
    public Optional<String> load() {
      return Optional.of(text);
    }

    @Override
    public void save(String now) {
      text = now;
    }
  }

  private static final class Told implements Announcer {
    final List<Key> provided = new ArrayList<>();
    final List<Key> unprovided = new ArrayList<>();

    @Override
    public void provide(Collection<Key> keys) {
      provided.addAll(keys);
    }

    @Override
    public void unprovide(Collection<Key> keys) {
      unprovided.addAll(keys);
    }
  }

  /// One other node, which gives what it holds.
  private static final class Fetching implements Peers {
    final Map<Key, byte[]> holds = new LinkedHashMap<>();

    @Override
    public void unprovide(Collection<Key> chunks) {
      // Nobody was told of them.
    }

    @Override
    public Key self() {
      return new Key(1, 1, 1, 1);
    }

    @Override
    public Collection<Contact> members() {
      return List.of(OTHER);
    }

    @Override
    public List<Contact> closest(Key target) {
      return List.of(OTHER);
    }

    @Override
    public Map<Key, List<Contact>> holders(Collection<Key> chunks) {
      Map<Key, List<Contact>> found = new LinkedHashMap<>();
      chunks.forEach(each -> found.put(each, holds.containsKey(each) ? List.of(OTHER) : List.of()));
      return found;
    }

    @Override
    public Optional<PeerFacts> facts(Contact node) {
      return Optional.empty();
    }

    @Override
    public Holding has(Contact node, Key chunk) {
      return holds.containsKey(chunk) ? Holding.YES : Holding.NO;
    }

    @Override
    public ProofAnswer prove(Contact node, Key chunk, byte[] nonce, boolean recheck) {
      return new ProofAnswer.Silent();
    }

    @Override
    public PutAnswer put(Contact node, Key chunk, byte[] blob) {
      return PutAnswer.SILENT;
    }

    @Override
    public FetchAnswer fetch(Contact node, Key chunk) {
      byte[] blob = holds.get(chunk);
      return blob == null ? new FetchAnswer.Absent() : new FetchAnswer.Fetched(blob);
    }
  }
}
