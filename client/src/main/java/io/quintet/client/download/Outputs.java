package io.quintet.client.download;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the outputs on disk have in common.
final class Outputs {
  private Outputs() {}

  /// Refuses what cannot fit, before it is fetched.
  static void checkRoom(Path path, long size) {
    Path folder = path.toAbsolutePath().getParent();
    try {
      long room = folder == null ? 0 : Files.getFileStore(folder).getUsableSpace();
      if (room < size) {
        throw new UserException(
            ExitCode.REFUSED,
            "no room for " + path + ": it needs " + size + " bytes, " + room + " are free",
            "make room, or choose another disk with -o");
      }
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  static UserException failed(Path path, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return new UserException(
          ExitCode.REFUSED,
          path + " appeared while it was restored, and was left as it is",
          "choose another name with -o, or replace it with --force",
          e);
    }
    return new UserException(
        ExitCode.REFUSED,
        "cannot write " + path + ": " + reason(e) + "; what was written is removed",
        "make room or check permissions, and get it again",
        e);
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
