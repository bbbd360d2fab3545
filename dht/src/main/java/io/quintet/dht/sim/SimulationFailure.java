package io.quintet.dht.sim;

/// An invariant did not hold. The message names it, and the command that repeats the run.
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  SimulationFailure(String what, String replay) {
    super(what + "; replay: " + replay);
    this.what = what;
  }

  /// What did not hold.
  public String what() {
    return what;
  }
}
