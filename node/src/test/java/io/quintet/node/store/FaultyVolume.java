package io.quintet.node.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A real volume that fails where a test says so, and remembers the order of what was asked.
final class FaultyVolume implements Volume {
  /// The operations that can fail.
  enum Operation {
    CREATE,
    WRITE,
    WRITE_DIRECT,
    FORCE,
    MOVE,
    FORCE_DIRECTORY
  }

  final List<Operation> journal = Collections.synchronizedList(new ArrayList<>());
  volatile @Nullable Operation failing;
  volatile String reason = "Input/output error";
  volatile long usableBytes = Long.MAX_VALUE;

  /// Runs after a file was renamed.
  volatile Runnable moved = () -> {};

  private final Set<FileChannel> direct = ConcurrentHashMap.newKeySet();
  private final Volume real;

  FaultyVolume(Path directory) throws IOException {
    this.real = new DiskVolume(directory);
  }

  private void step(Operation operation) throws IOException {
    journal.add(operation);
    if (operation == failing) {
      throw new IOException(reason);
    }
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step(Operation.CREATE);
    return real.create(file);
  }

  @Override
  public @Nullable FileChannel openDirect(Path file) {
    FileChannel opened = real.openDirect(file);
    if (opened != null) {
      direct.add(opened);
    }
    return opened;
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    step(direct.contains(file) ? Operation.WRITE_DIRECT : Operation.WRITE);
    real.write(file, bytes);
  }

  @Override
  public void force(FileChannel file) throws IOException {
    step(Operation.FORCE);
    real.force(file);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    step(Operation.MOVE);
    real.move(from, to);
    moved.run();
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step(Operation.FORCE_DIRECTORY);
    real.forceDirectory(directory);
  }

  @Override
  public long usableBytes() throws IOException {
    return Math.min(usableBytes, real.usableBytes());
  }
}
