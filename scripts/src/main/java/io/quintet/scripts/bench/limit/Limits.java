package io.quintet.scripts.bench.limit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// The limits of this machine, each measured when it is first asked for. Owned by one thread.
public final class Limits {
  private final Path directory;
  private final BiConsumer<Limit, Double> listener;
  private final Map<Limit, Double> measured = new EnumMap<>(Limit.class);

  /// @param directory whose disk is measured; everything written there is removed again
  /// @param listener told of each new figure
  public Limits(Path directory, BiConsumer<Limit, Double> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /// What the machine does, in the limit's unit.
  public double of(Limit limit) throws IOException, InterruptedException {
    Double known = measured.get(limit);
    if (known != null) {
      return known;
    }
    double value = measure(limit);
    measured.put(limit, value);
    listener.accept(limit, value);
    return value;
  }

  private double measure(Limit limit) throws IOException, InterruptedException {
    return switch (limit) {
      case SHA_256_ONE -> CryptoRate.sha256(1);
      case SHA_256_TWO -> CryptoRate.sha256(2);
      case AES_GCM_ONE -> CryptoRate.aesGcm(1);
      case AES_GCM_TWO -> CryptoRate.aesGcm(2);
      case LOOPBACK -> LoopbackRate.measure();
      case DISK_ONE -> DiskRate.measure(directory, 1);
      case DISK_FOUR -> DiskRate.measure(directory, 4);
      case DISK_EIGHT -> DiskRate.measure(directory, 8);
      case DISK_SIXTEEN -> DiskRate.measure(directory, 16);
    };
  }
}
