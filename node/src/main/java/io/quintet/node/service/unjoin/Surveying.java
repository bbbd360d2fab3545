package io.quintet.node.service.unjoin;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.node.peer.Peers;
import io.quintet.node.service.replicas.Ground;
import io.quintet.node.service.unjoin.Companions.Companion;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.store.StoreUsage;
import io.quintet.node.work.MonotonicTime;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks, before a node leaves, whether the others can hold its chunks: by the provider records,
/// within a bounded time, beyond which it extrapolates.
public final class Surveying {
  private static final int PAGE = 256;
  private static final Duration TIME_MAX = Duration.ofSeconds(10);

  private final Peers peers;
  private final ChunkStore store;
  private final MonotonicTime time;
  private final Collection<Companion> staying;
  private final Set<Key> stayingIds;
  private long chunks;
  private long copies;
  private long copiesBytes;
  private long withoutPlace;
  private boolean degraded;

  private Surveying(Ground ground, Collection<Companion> staying) {
    this.peers = ground.peers();
    this.store = ground.store();
    this.time = ground.time();
    this.staying = staying;
    this.stayingIds = staying.stream().map(each -> each.contact().id()).collect(Collectors.toSet());
  }

  /// Blocks for some seconds at most.
  public static UnjoinSurvey survey(Ground ground) throws InterruptedException, StoreException {
    Companions companions = new Companions(ground.peers(), ground.time());
    return new Surveying(ground, companions.now()).run();
  }

  private UnjoinSurvey run() throws InterruptedException, StoreException {
    long end = time.nanos() + TIME_MAX.toNanos();
    @Nullable Key cursor = null;
    List<ChunkEntry> page = store.list(null, PAGE);
    while (!page.isEmpty() && time.nanos() - end < 0) {
      Map<Key, List<Contact>> holders = peers.holders(page.stream().map(ChunkEntry::id).toList());
      for (ChunkEntry chunk : page) {
        look(chunk, holders.getOrDefault(chunk.id(), List.of()));
      }
      cursor = page.getLast().id();
      page = store.list(cursor, PAGE);
    }
    StoreUsage usage = store.usage();
    double scale = page.isEmpty() || chunks == 0 ? 1 : (double) usage.chunks() / chunks;
    long free = staying.stream().mapToLong(each -> each.facts().freeBytes()).sum();
    return new UnjoinSurvey(
        usage.chunks(),
        usage.bytes(),
        staying.size(),
        free,
        (long) (copies * scale),
        (long) (copiesBytes * scale),
        (long) (withoutPlace * scale),
        degraded);
  }

  private void look(ChunkEntry chunk, List<Contact> holders) throws StoreException {
    chunks++;
    int wanted = store.replicas(chunk.id()).orElse(0);
    Set<Key> holding =
        holders.stream().map(Contact::id).filter(stayingIds::contains).collect(Collectors.toSet());
    int possible = Math.min(wanted, staying.size());
    int missing = Math.max(0, possible - holding.size());
    long places =
        staying.stream()
            .filter(each -> !holding.contains(each.contact().id()))
            .filter(each -> each.hasRoom(chunk.sizeBytes()))
            .count();
    degraded |= possible < wanted;
    copies += missing;
    copiesBytes += (long) missing * chunk.sizeBytes();
    if (places < missing) {
      withoutPlace++;
    }
  }
}
