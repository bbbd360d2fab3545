package io.quintet.client;

/// How a command ends, as scripts see it. The numbers are a contract and listed in `--help`.
public enum ExitCode {
  /// Done, completely.
  OK(0, "done"),
  /// A bug: something that no other code foresees.
  UNEXPECTED(1, "unexpected error, a bug"),
  /// The command line is wrong.
  USAGE(2, "the command line is wrong"),
  /// A file, chunk or node that is needed is not there.
  UNAVAILABLE(3, "not found or unavailable"),
  /// Bytes are not what they must be: damaged manifest, wrong Merkle root.
  INTEGRITY(4, "damaged: an integrity check failed"),
  /// Stored, or deleted, but on fewer nodes than asked for.
  DEGRADED(5, "stored or deleted, but on fewer nodes than asked for"),
  /// Nobody answered on the network.
  NO_NODES(6, "no nodes found"),
  /// Refused to do harm: existing output, escaping path, unsupported version, no room.
  REFUSED(7, "refused"),
  /// Interrupted by a signal.
  INTERRUPTED(130, "interrupted");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /// The process's exit status.
  public int number() {
    return number;
  }

  /// One phrase for `--help`.
  public String meaning() {
    return meaning;
  }
}
