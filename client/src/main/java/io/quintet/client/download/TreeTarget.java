package io.quintet.client.download;

import io.quintet.client.ExitCode;
import io.quintet.client.OutputFile;
import io.quintet.client.UserException;
import io.quintet.client.restore.EntryRefusedException;
import io.quintet.client.restore.TreeRestore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A directory, extracted from the stored tar stream.
record TreeTarget(Path path, long size) implements Target {
  @Override
  public void check() {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      // Replacing a directory would remove files that nobody named.
      throw new UserException(
          ExitCode.REFUSED,
          path + " exists already",
          "choose another name with -o; a directory is never replaced, nor replaces anything");
    }
    OutputFile.checkFolder(path, name());
    Outputs.checkRoom(path, size);
  }

  @Override
  public String take(PlainChunks chunks) throws IOException {
    try (TreeRestore tree = new TreeRestore(path);
        InputStream stream = new ChunkStream(chunks)) {
      extract(tree, stream, chunks);
      String sha256 = chunks.verify();
      tree.finish();
      return sha256;
    }
  }

  private void extract(TreeRestore tree, InputStream stream, PlainChunks chunks)
      throws IOException {
    try {
      tree.extract(stream);
      // The padding at the end, so that all is verified.
      long rest = stream.transferTo(java.io.OutputStream.nullOutputStream());
      assert rest >= 0;
    } catch (EntryRefusedException e) {
      throw new UserException(
          ExitCode.REFUSED,
          "the entry " + e.getMessage() + ", so nothing was kept",
          "this archive was not made by put; get it as a plain tar stream with -o -, and beware",
          e);
    } catch (IOException e) {
      if (!chunks.isAnyLost()) {
        throw e;
      }
    }
    if (chunks.isAnyLost()) {
      Path kept = tree.keep();
      throw chunks.lostFailure("what came before is in " + kept);
    }
  }

  @Override
  public UserException failed(IOException e) {
    return Outputs.failed(path, e);
  }

  @Override
  public String name() {
    return path.toString();
  }
}
