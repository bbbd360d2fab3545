package io.quintet.node.service.replicas;

import io.quintet.node.peer.Peers;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.work.MonotonicTime;

/// What all work on replicas stands on.
public record Ground(Peers peers, ChunkStore store, MonotonicTime time) {}
