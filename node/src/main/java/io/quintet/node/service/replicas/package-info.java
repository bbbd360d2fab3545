/// Keeps the number of replicas: who is there ([NodeWatch]), what is known about each chunk
/// ([ReplicaBook], [Surveyor]), checks of possession ([AuditService]) and repair ([RepairService]),
/// which does what `io.quintet.node.repair` decides. May use `work`, `peer`, `repair` and `store`;
/// knows no HTTP.
@NullMarked
package io.quintet.node.service.replicas;

import org.jspecify.annotations.NullMarked;
