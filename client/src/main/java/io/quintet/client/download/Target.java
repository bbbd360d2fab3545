package io.quintet.client.download;

import io.quintet.client.UserException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/// Where the bytes go, and what becomes of them when they are complete or not.
sealed interface Target permits FileTarget, TreeTarget, StreamTarget {
  /// Checks before anything is asked of the network.
  ///
  /// @throws UserException when the output could not be made
  void check();

  /// Takes all chunks, checks them and gives the output its name.
  ///
  /// @return the SHA-256 of the bytes, in hex
  /// @throws UserException when chunks are lost, damaged or refused
  String take(PlainChunks chunks) throws IOException, InterruptedException, ExecutionException;

  /// What a failed write says.
  UserException failed(IOException e);

  /// What the result calls it.
  String name();
}
