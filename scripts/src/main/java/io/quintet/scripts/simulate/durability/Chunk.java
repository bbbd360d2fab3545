package io.quintet.scripts.simulate.durability;

import io.quintet.dht.id.Key;
import io.quintet.node.repair.ChunkMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// One chunk: who has it, and what each of them remembers about it.
final class Chunk {
  final int index;
  final Key key;

  /// Those that have it on disk, and those that died with it until they are forgotten.
  final TreeSet<Integer> holders = new TreeSet<>();

  /// What each holder remembers; lost with its process.
  final Map<Integer, ChunkMemory> memories = new LinkedHashMap<>();

  /// When each holder looks next; an earlier look replaces a later one.
  final Map<Integer, Long> nextLook = new TreeMap<>();

  /// Who is copying it to how many others.
  final Map<Integer, Integer> copying = new TreeMap<>();

  int reachable;
  long reachableSince;
  boolean lost;

  Chunk(int index, Key key) {
    this.index = index;
    this.key = key;
  }
}
