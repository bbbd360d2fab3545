package io.quintet.node.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The real file system under one directory.
final class DiskVolume implements Volume {
  private final FileStore fileStore;

  DiskVolume(Path directory) throws IOException {
    this.fileStore = Files.getFileStore(directory);
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Override
  public @Nullable FileChannel openDirect(Path file) {
    if (DirectIo.OPTION.isEmpty()) {
      return null;
    }
    try {
      return FileChannel.open(
          file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS, DirectIo.OPTION.get());
    } catch (UnsupportedOperationException | IOException e) {
      return null;
    }
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void force(FileChannel file) throws IOException {
    // Without the inode's times: the length is flushed all the same, as reading needs it.
    file.force(false);
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public long usableBytes() throws IOException {
    return fileStore.getUsableSpace();
  }
}
