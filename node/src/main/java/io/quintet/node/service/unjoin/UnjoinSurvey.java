package io.quintet.node.service.unjoin;

/// Whether the other nodes can hold what this node has.
///
/// @param chunks how many chunks this node holds
/// @param bytes their size
/// @param others how many nodes stay
/// @param freeBytes how much these would still take, all together
/// @param copies how many copies have to be made
/// @param copiesBytes their size
/// @param withoutPlace chunks for which too few of the nodes that lack them have room
/// @param degraded whether some chunks are on fewer nodes afterwards than their owners want,
///   because there are no more nodes
public record UnjoinSurvey(
    long chunks,
    long bytes,
    int others,
    long freeBytes,
    long copies,
    long copiesBytes,
    long withoutPlace,
    boolean degraded) {
  /// Whether the node can leave without a chunk being on fewer nodes than it could be.
  public boolean fits() {
    return chunks == 0 || (others > 0 && withoutPlace == 0 && copiesBytes <= freeBytes);
  }
}
