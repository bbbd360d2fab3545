package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Placeholder of the engine's face; the inside follows.
public final class DhtEngine {
  /// @param self null for a client
  public DhtEngine(@Nullable Contact self, DhtConfig config, long seed) {
    this.self = self;
  }

  private final @Nullable Contact self;

  /// Handles one event.
  public void handle(long nowMillis, DhtEvent event, EffectSink effects) {
    if (event instanceof DhtEvent.Asked asked && self != null) {
      effects.accept(new DhtEffect.Reply(asked.requestId(), new DhtResponse.Pong(0)));
    }
  }

  /// Monotonic milliseconds of the next call, Long.MAX_VALUE when nothing is pending.
  public long nextWakeup() {
    return Long.MAX_VALUE;
  }

  /// Proven live contacts in key order.
  public List<Contact> members() {
    return List.of();
  }
}
