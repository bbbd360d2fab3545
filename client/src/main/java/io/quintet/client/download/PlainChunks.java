package io.quintet.client.download;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.chunk.Chunk;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.transfer.FetchedChunk;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.blob.Sha256;
import io.quintet.manifest.merkle.MerkleBuilder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Chunks in the order of the file, counted and hashed while they pass. Owned by one thread.
final class PlainChunks {
  /// Chunks in order.
  @FunctionalInterface
  interface Chain {
    @Nullable RestoredChunk next() throws InterruptedException, ExecutionException;
  }

  // Enough to see what is wrong; a network that lost more is not asked for the rest.
  private static final int LOST_MAX = 1000;
  private static final int LOST_NAMED = 5;
  private static final int FAILURES_NAMED = 3;

  private final Manifest manifest;
  private final Chain chain;
  private final ProgressListener progress;
  private final MerkleBuilder merkle = new MerkleBuilder();
  private final MessageDigest sha256 = Sha256.digest();
  private final List<FetchedChunk.Missing> lost = new ArrayList<>();
  private long bytes;
  private long count;

  PlainChunks(Manifest manifest, Chain chain, ProgressListener progress) {
    this.manifest = manifest;
    this.chain = chain;
    this.progress = progress;
  }

  /// The next chunk that could be restored, or null at the end. Its buffer is good until the next
  /// call.
  @Nullable Chunk next() throws InterruptedException, ExecutionException {
    while (lost.size() < LOST_MAX) {
      switch (chain.next()) {
        case null -> {
          return null;
        }
        case RestoredChunk.Lost missing -> lost.add(missing.missing());
        case RestoredChunk.Plain plain -> {
          return take(plain);
        }
      }
    }
    return null;
  }

  private Chunk take(RestoredChunk.Plain plain) {
    Chunk chunk = plain.chunk();
    merkle.add(plain.leafHash());
    sha256.update(chunk.bytes(), Chunk.OFFSET, chunk.length());
    bytes += chunk.length();
    count++;
    progress.on(new ProgressEvent.ChunkDone(count, bytes));
    return chunk;
  }

  boolean isAnyLost() {
    return !lost.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  long count() {
    return count;
  }

  /// Checks that everything came.
  ///
  /// @return the SHA-256 of all bytes, in hex
  /// @throws UserException with `UNAVAILABLE` when chunks were lost, with `INTEGRITY` when the
  ///   bytes are not those that were put
  String verify() {
    if (isAnyLost()) {
      throw lostFailure("nothing was kept");
    }
    if (bytes != manifest.size() || !Arrays.equals(merkle.root(), manifest.merkleRoot())) {
      throw new UserException(
          ExitCode.INTEGRITY,
          "the restored bytes do not have the manifest's Merkle root, so they were not kept",
          "use another copy of the manifest");
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  /// The failure that names the lost chunks.
  ///
  /// @param kept what became of the others
  UserException lostFailure(String kept) {
    StringBuilder text = new StringBuilder();
    text.append(lost.size() < LOST_MAX ? "" : "at least ").append(lost.size());
    text.append(lost.size() == 1 ? " chunk is" : " chunks are").append(" on no node that answers:");
    lost.stream().limit(LOST_NAMED).forEach(chunk -> text.append(' ').append(chunk.id()));
    text.append(lost.size() > LOST_NAMED ? " ..." : "");
    List<String> failures = lost.getFirst().failures();
    if (!failures.isEmpty()) {
      text.append(" (");
      text.append(
          String.join("; ", failures.subList(0, Math.min(FAILURES_NAMED, failures.size()))));
      text.append(failures.size() > FAILURES_NAMED ? "; ...)" : ")");
    }
    return new UserException(
        ExitCode.UNAVAILABLE,
        text + "; " + kept,
        "start the nodes that hold them and get it again");
  }
}
