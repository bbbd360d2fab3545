package io.quintet.scripts.simulate.durability;

import java.util.LinkedHashMap;
import java.util.Map;

/// The figures of a run, counted against the truth.
final class Ledger {
  private static final int[] LEVELS = {5, 3, 1};

  private final int chunks;
  private final long[] millisBelow = new long[LEVELS.length];
  int chunksLost;
  int deaths;
  int outages;
  long replicasDied;
  long copies;
  long extraCopies;
  long vainCopies;
  long trims;
  int replicasMax;

  Ledger(int chunks) {
    this.chunks = chunks;
  }

  /// A chunk had so many reachable replicas for so long.
  void held(int replicas, long millis) {
    for (int i = 0; i < LEVELS.length; i++) {
      millisBelow[i] += replicas < LEVELS[i] ? millis : 0;
    }
    replicasMax = Math.max(replicasMax, replicas);
  }

  /// The figures by name; times in per cent of all chunks' time, bytes of chunks of 1 MiB.
  Map<String, Object> figures(long virtualMillis) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("chunksLost", chunksLost);
    figures.put("deaths", deaths);
    figures.put("outages", outages);
    figures.put("bytesTrulyLost", replicasDied << 20);
    figures.put("bytesRepaired", copies << 20);
    figures.put("repairTraffic", replicasDied == 0 ? 0.0 : (double) copies / replicasDied);
    figures.put("duplicatesPerRepair", copies == 0 ? 0.0 : (double) extraCopies / copies);
    figures.put("copiesInVain", vainCopies);
    figures.put("replicasTrimmed", trims);
    figures.put("replicasMax", replicasMax);
    for (int i = 0; i < LEVELS.length; i++) {
      figures.put("hoursBelow" + LEVELS[i] + "PerChunkYear", hours(millisBelow[i], virtualMillis));
    }
    return figures;
  }

  private double hours(long millisBelow, long virtualMillis) {
    double years = (double) virtualMillis / DurabilityRun.YEAR_MILLIS;
    return millisBelow / 3_600_000.0 / chunks / years;
  }
}
