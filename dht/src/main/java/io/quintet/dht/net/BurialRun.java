package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.lookup.Region;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.quintet.dht.upkeep.Allocation;
import io.quintet.dht.upkeep.StoreBatch;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings tombstones to the nodes that a holder of the chunks announces itself to, region by
/// region, as [io.quintet.dht.upkeep.RegionRepublish] does with provider records.
///
/// It tells more nodes than an announcement does, all that one lookup finds: a holder that comes
/// back after some of these are gone and others came still meets one that knows.
final class BurialRun {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

  private final EngineLoop loop;
  private final DhtRpcClient rpc;
  private final DhtOptions options;
  private final int paths;
  private final TreeMap<Key, Tombstone> left = new TreeMap<>();
  private final List<BurialAnswer> answers = new ArrayList<>();

  BurialRun(EngineLoop loop, DhtRpcClient rpc, DhtOptions options, int paths) {
    this.loop = loop;
    this.rpc = rpc;
    this.options = options;
    this.paths = paths;
  }

  /// Tells everybody who is to be told; never fails for want of answers.
  Future<List<BurialAnswer>> run(Collection<Tombstone> tombstones) {
    tombstones.forEach(each -> left.put(each.id(), each));
    return next();
  }

  private Future<List<BurialAnswer>> next() {
    if (left.isEmpty()) {
      return Future.succeededFuture(List.copyOf(answers));
    }
    Key first = left.firstKey();
    return loop.findRegion(first, paths)
        .compose(region -> tell(take(region), region.nodes()))
        .compose(told -> {
          answers.addAll(told);
          return next();
        });
  }

  /// The next tombstones of `region`, at most one call's worth.
  private Map<Key, Tombstone> take(Region region) {
    Map<Key, Tombstone> batch = new TreeMap<>();
    while (!left.isEmpty() && batch.size() < options.config().keysPerCallMax()) {
      Key key = left.firstKey();
      if (!batch.isEmpty() && !region.covers(key)) {
        break;
      }
      batch.put(key, left.remove(key));
    }
    return batch;
  }

  private Future<List<BurialAnswer>> tell(Map<Key, Tombstone> batch, List<Contact> nodes) {
    // The sender's own place does not count: a client has none, and a node has buried already.
    Key nobody = batch.keySet().iterator().next().distance(new Key(-1, -1, -1, -1));
    List<Future<BurialAnswer>> calls = new ArrayList<>();
    int copies = options.config().k();
    for (StoreBatch each : Allocation.of(List.copyOf(batch.keySet()), nodes, nobody, copies)) {
      calls.add(call(each.to(), each.keys().stream().map(batch::get).toList()));
    }
    return Future.join(calls)
        .transform(done -> Future.succeededFuture(calls.stream().map(Future::result).toList()));
  }

  private Future<BurialAnswer> call(Contact to, List<Tombstone> tombstones) {
    return loop.onLoop(rpc.bury(to, tombstones, CALL_LIMIT))
        .map(burials -> {
          Map<Key, Burial> outcomes = new HashMap<>();
          for (int i = 0; i < burials.size(); i++) {
            outcomes.put(tombstones.get(i).id(), burials.get(i));
          }
          return new BurialAnswer(to, outcomes);
        })
        .recover(failure -> Future.succeededFuture(new BurialAnswer(to, Map.of())));
  }
}
