package io.quintet.client.upkeep;

/// What an audit of a file found. Every chunk counts once, however often it is in the file.
///
/// @param replicas how many the owner wants of each chunk
/// @param unreachable answers that did not come in time: they say nothing about a replica
/// @param lost chunks of which no right copy was found
/// @param degraded chunks with fewer proven replicas than wanted, those that are lost included
/// @param chunks how many were audited
/// @param minReplicas the fewest proven replicas of any chunk; what is wanted for an empty file
/// @param proven replicas of which every byte was proved
/// @param missing wanted replicas that nobody proved, wrong ones not included
/// @param wrong copies whose bytes are not those of the chunk
public record AuditResult(
    int replicas,
    long unreachable,
    long lost,
    long degraded,
    long chunks,
    int minReplicas,
    long proven,
    long missing,
    long wrong) {
  /// Whether every chunk has all its replicas, and no holder a wrong copy.
  public boolean isHealthy() {
    return degraded == 0 && wrong == 0;
  }
}
