package io.quintet.scripts.torture;

/// How long a scenario goes on.
///
/// @param rounds at most; at least 1
/// @param seconds after which it starts no further round
record Length(int rounds, long seconds) {
  /// A minute, for what every round repeats.
  static final Length OF_A_MINUTE = new Length(20, 60);
}
