package io.quintet.dht.engine;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The randomness of one engine: every component gets a stream of its own, so that one component's
/// draws never change another's.
final class Seeds {
  private final SplittableRandom root;

  Seeds(long seed) {
    root = new SplittableRandom(seed);
  }

  RandomGenerator fork() {
    return root.split();
  }

  long next() {
    return root.nextLong();
  }
}
