package io.quintet.dht.net;

import io.quintet.dht.engine.DhtEvent;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells every node that this one's chunks may have been announced to, each once, that it provides
/// nothing any more: all that it knows, and region by region those whom it would announce them to.
/// Who does not answer forgets the records when they expire.
final class WithdrawalRun {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

  private final EngineLoop loop;
  private final DhtRpcClient rpc;
  private final DhtRequest withdrawal;
  private final int paths;
  private final Set<Contact> told = new HashSet<>();

  /// @param self who withdraws
  WithdrawalRun(EngineLoop loop, DhtRpcClient rpc, Key self, int paths) {
    this.loop = loop;
    this.rpc = rpc;
    this.withdrawal = new DhtRequest.Withdraw(self);
    this.paths = paths;
  }

  /// Tells everybody who is to be told; never fails for want of answers. On the loop's context.
  Future<Void> run() {
    loop.post(new DhtEvent.Retire());
    return tell(loop.members()).compose(done -> after(null));
  }

  private Future<Void> after(@Nullable Key last) {
    Key own = loop.ownAfter(last);
    return own == null
        ? Future.succeededFuture()
        : loop.findRegion(own, paths)
            .compose(region -> tell(region.nodes()).compose(done -> after(region.last())));
  }

  private Future<Void> tell(List<Contact> nodes) {
    List<Future<?>> calls = new ArrayList<>();
    for (Contact node : nodes) {
      if (told.add(node)) {
        calls.add(loop.onLoop(rpc.ask(node, withdrawal, CALL_LIMIT)));
      }
    }
    return Future.join(calls).transform(done -> Future.succeededFuture());
  }
}
