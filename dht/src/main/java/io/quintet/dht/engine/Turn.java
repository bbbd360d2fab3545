package io.quintet.dht.engine;

/// One call of [DhtEngine#handle]: its time, and where its effects go.
record Turn(long now, EffectSink effects) {
  void emit(DhtEffect effect) {
    effects.accept(effect);
  }
}
