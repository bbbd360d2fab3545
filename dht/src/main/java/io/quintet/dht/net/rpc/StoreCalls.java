package io.quintet.dht.net.rpc;

import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.engine.DhtResponse;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.DeletedChunks;
import io.quintet.dht.records.Burial;
import io.quintet.dht.records.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The node's side of `store`: deleted chunks first, the engine then.
///
/// What was deleted here, with a secret that was checked, gets no provider record again. What
/// strangers say was deleted is told to the provider, who can check it, and the record is kept: a
/// made-up tombstone must not make a chunk unfindable.
final class StoreCalls {
  private final Questions questions;
  private final DeletedChunks deleted;

  StoreCalls(Questions questions, DeletedChunks deleted) {
    this.questions = questions;
    this.deleted = deleted;
  }

  /// Who stores.
  ///
  /// @param contact null for a client
  /// @param boot which run of it calls, as it says itself; 0 when it does not say
  record Sender(@Nullable Contact contact, long boot) {}

  /// @param sourceHost the literal address that the call came from
  Future<Buffer> answer(
      Sender sender, DhtRequest.Store store, List<Tombstone> tombstones, String sourceHost) {
    return bury(tombstones, sourceHost)
        .compose(
            burials -> stored(sender, store).map(answer -> ResponseJson.stored(answer, burials)));
  }

  private Future<List<Burial>> bury(List<Tombstone> tombstones, String sourceHost) {
    return tombstones.isEmpty()
        ? Future.succeededFuture(List.of())
        : deleted.bury(tombstones, sourceHost);
  }

  private Future<DhtResponse.Stored> stored(Sender sender, DhtRequest.Store store) {
    if (store.keys().isEmpty()) {
      return Future.succeededFuture(new DhtResponse.Stored(0, ""));
    }
    return deleted
        .known(store.keys())
        .compose(known -> {
          List<Key> left =
              store.keys().stream().filter(key -> !known.proven().contains(key)).toList();
          return questions
              .ask(sender.contact(), sender.boot(), new DhtRequest.Store(left))
              .map(response ->
                  response instanceof DhtResponse.Stored(int accepted, String refusal, List<?> _)
                      ? new DhtResponse.Stored(accepted, refusal, known.tombstones())
                      : new DhtResponse.Stored(0, "not stored", known.tombstones()));
        });
  }
}
