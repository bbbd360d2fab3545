package io.quintet.client.removal;

import java.util.List;

/// What became of a removal.
///
/// @param chunks how many chunks were to be deleted
/// @param worst the chunk that is farthest from being deleted everywhere; all zero without chunks
/// @param incomplete how many chunks are not deleted at each of their known holders
/// @param unknownHolders how many holders the chunk with the fewest known ones should have besides
/// @param pending the nodes that could not be told
/// @param seconds how long it took
public record RemovalResult(
    long chunks,
    Spread worst,
    long incomplete,
    int unknownHolders,
    List<Pending> pending,
    double seconds) {
  /// Why a node is pending that is there and does not accept the delete secret.
  public static final String REFUSES = "refuses the secret";

  /// Keeps its own copy.
  public RemovalResult {
    pending = List.copyOf(pending);
  }

  /// How far one chunk is deleted.
  ///
  /// @param deleted holders that deleted it, durably
  /// @param holders how many there are as far as is known; at least as many as the manifest wants
  ///   while there are other nodes that may be among them
  public record Spread(int deleted, int holders) {
    /// How many holders have not deleted it.
    public int missing() {
      return holders - deleted;
    }
  }

  /// A node that could not be told.
  ///
  /// @param id its id
  /// @param url where it was, empty when only its id is known
  /// @param chunks how many chunks it holds as far as is known
  /// @param why one line
  public record Pending(String id, String url, long chunks, String why) {}

  /// Whether every known holder of every chunk has deleted it.
  public boolean complete() {
    return incomplete == 0;
  }
}
