package io.quintet.node.service.unjoin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.service.PlaceKeeper;
import io.quintet.node.service.replicas.Ground;
import io.quintet.node.store.ChunkWriter;
import io.quintet.node.store.MemoryChunkStore;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class UnjoinServiceTest {
  private final OtherNodes others = new OtherNodes();
  private final MemoryChunkStore store = new MemoryChunkStore(1L << 30);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger uploads = new AtomicInteger();
  private final AtomicBoolean left = new AtomicBoolean();
  private final List<String> journal = new ArrayList<>();
  private final List<Key> chunks = new ArrayList<>();
  private final List<byte[]> blobs = new ArrayList<>();

  private final Ground ground =
      new Ground(
          others,
          store,
          new MonotonicTime() {
            @Override
            public long nanos() {
              return nanos.get();
            }

            @Override
            public void sleep(Duration duration) {
              nanos.addAndGet(duration.toNanos());
            }
          });

  private UnjoinService service() {
    return new UnjoinService(
        ground,
        new PlaceKeeper() {
          @Override
          public Optional<String> load() {
            return journal.isEmpty() ? Optional.empty() : Optional.of(journal.getLast());
          }

          @Override
          public void save(String text) {
            journal.add(text);
          }
        },
        uploads::get,
        () -> left.set(true));
  }

  private void chunks(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      byte[] blob = new byte[1_000];
      new Random(i).nextBytes(blob);
      Key id = Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(blob));
      try (ChunkWriter writer = store.begin(id, blob.length, false)) {
        writer.write(List.of(ByteBuffer.wrap(blob)));
        assertEquals(ChunkWriter.Outcome.STORED, writer.commit());
      }
      chunks.add(id);
      blobs.add(blob);
    }
  }

  private void otherNodes(int count) {
    for (int i = 1; i <= count; i++) {
      others.add(i);
    }
  }

  /// Steps until the worker is done, at most `rounds` idle pauses long.
  private boolean run(UnjoinService service, int rounds) throws Exception {
    int idle = 0;
    while (idle < rounds) {
      switch (service.step()) {
        case Step.Done() -> {
          return true;
        }
        case Step.Idle(Duration pause) -> {
          idle++;
          nanos.addAndGet(pause.toNanos());
        }
        case Step.Busy(), Step.Throttled _ -> {}
      }
    }
    return false;
  }

  @Test
  void everyChunkIsAtFiveOthersBeforeTheNodeLeaves() throws Exception {
    chunks(40);
    otherNodes(7);
    UnjoinService service = service();
    assertInstanceOf(Step.Idle.class, service.step());
    assertFalse(left.get(), "nobody told it to");
    service.begin(false);
    assertTrue(run(service, 3));
    assertTrue(left.get());
    assertEquals(Departure.REMOVING, service.departure());
    for (Key chunk : chunks) {
      assertEquals(5, others.copies(chunk));
    }
    assertEquals(40L, service.figures().get("handedOver"));
  }

  @Test
  void aNodeThatHasHandedEverythingOverLeavesWhateverFailsThen() throws Exception {
    chunks(3);
    otherNodes(7);
    UnjoinService service = service();
    service.begin(false);
    Failpoint.watch(step -> {
      if (step == Failpoint.UNJOIN_HANDED_OVER) {
        throw new IOException("at the last moment");
      }
    });
    try {
      assertThrows(IOException.class, () -> run(service, 3));
    } finally {
      Failpoint.watch(null);
    }
    assertFalse(left.get());
    assertTrue(run(service, 3), "the next attempt");
    assertTrue(left.get());
  }

  @Test
  void whatOthersHoldAndProveIsNotCopiedAgain() throws Exception {
    chunks(10);
    otherNodes(7);
    UnjoinService first = service();
    first.begin(false);
    assertTrue(run(first, 3));
    journal.clear();
    UnjoinService again = service();
    again.begin(false);
    assertTrue(run(again, 3));
    assertEquals(0L, again.figures().get("copied"));
  }

  @Test
  void aHolderThatProvesOtherBytesDoesNotCount() throws Exception {
    chunks(10);
    otherNodes(5);
    OtherNodes.Other liar = others.all().iterator().next();
    liar.proves = false;
    UnjoinService service = service();
    service.begin(false);
    assertFalse(run(service, 5), "all five have to prove it");
    liar.proves = true;
    assertTrue(run(service, 5));
    for (Key chunk : chunks) {
      assertTrue(others.copies(chunk) >= 5);
    }
  }

  @Test
  void withFewerOthersAllOfThemHoldEveryChunk() throws Exception {
    chunks(5);
    otherNodes(2);
    UnjoinService service = service();
    service.begin(false);
    assertTrue(run(service, 3));
    for (Key chunk : chunks) {
      assertEquals(2, others.copies(chunk));
    }
  }

  @Test
  void aNodeThatLeavesItselfIsNoPlaceForAChunkAndItsCopyDoesNotCount() throws Exception {
    chunks(5);
    otherNodes(6);
    OtherNodes.Other leaver = others.all().iterator().next();
    leaver.leaving = true;
    leaver.chunks.put(chunks.getFirst(), blobs.getFirst());
    UnjoinService service = service();
    service.begin(false);
    assertTrue(run(service, 3));
    assertEquals(1, leaver.chunks.size());
    assertEquals(6, others.copies(chunks.getFirst()), "five that stay, and the one that leaves");
  }

  @Test
  void aLonelyNodeStaysEvenWhenItIsForced() throws Exception {
    chunks(1);
    UnjoinService service = service();
    service.begin(true);
    assertFalse(run(service, 20));
    assertFalse(left.get());
    otherNodes(1);
    assertTrue(run(service, 20));
    assertEquals(1, others.copies(chunks.getFirst()));
  }

  @Test
  void withoutRoomItWaitsAndWhenForcedOneCopyIsEnough() throws Exception {
    chunks(4);
    otherNodes(5);
    others.all().forEach(node -> node.freeBytes = 0);
    others.all().iterator().next().freeBytes = 1L << 20;
    UnjoinSurvey survey = Surveying.survey(ground);
    assertFalse(survey.fits());
    assertEquals(4, survey.withoutPlace());
    assertEquals(20, survey.copies());
    UnjoinService service = service();
    service.begin(false);
    assertFalse(run(service, 5));
    assertEquals(4L, service.figures().get("unplaced"));
    service.begin(true);
    assertTrue(run(service, 5));
    for (Key chunk : chunks) {
      assertEquals(1, others.copies(chunk));
    }
  }

  @Test
  void anUploadThatIsUnderWayIsWaitedFor() throws Exception {
    otherNodes(6);
    uploads.set(1);
    UnjoinService service = service();
    service.begin(false);
    assertFalse(run(service, 5), "the upload may still add a chunk");
    chunks(1);
    uploads.set(0);
    assertTrue(run(service, 5));
    assertEquals(5, others.copies(chunks.getFirst()));
  }

  @Test
  void aRestartGoesOnLeaving() throws Exception {
    chunks(30);
    otherNodes(6);
    UnjoinService before = service();
    before.begin(false);
    assertInstanceOf(Step.Busy.class, before.step());
    UnjoinService after = service();
    assertEquals(Departure.LEAVING, after.departure());
    assertTrue(run(after, 3));
    assertEquals(List.of("leaving\n", "removing\n"), journal);
  }
}
