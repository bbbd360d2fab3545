package io.quintet.client.upkeep;

/// What a repair did.
///
/// @param copied replicas that were made, each proved by its new holder
/// @param nodes how many nodes answered
/// @param after what an audit finds now
public record RepairResult(long copied, int nodes, AuditResult after) {}
