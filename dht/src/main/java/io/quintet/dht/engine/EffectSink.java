package io.quintet.dht.engine;

/// Where a [DhtEngine] writes what it wants done.
///
/// Called while the engine handles an event: an implementation must not call the engine back, but
/// may queue.
@FunctionalInterface
public interface EffectSink {
  /// Takes the next effect.
  void accept(DhtEffect effect);
}
