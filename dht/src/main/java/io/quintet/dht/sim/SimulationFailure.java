package io.quintet.dht.sim;

/// An invariant did not hold. The message names it, the seed and how to repeat the run.
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SimulationFailure(String what, long seed, String replay) {
    super(what + " (seed " + seed + "); replay: " + replay);
  }
}
