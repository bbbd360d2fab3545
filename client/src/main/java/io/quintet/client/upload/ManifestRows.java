package io.quintet.client.upload;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.transfer.StoredChunk;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.Content;
import io.quintet.manifest.Generation;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.blob.Compression;
import io.quintet.manifest.merkle.MerkleBuilder;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last stage of a put: takes the chunks in order and builds the manifest. Owned by one thread.
final class ManifestRows {
  private final int replicasWanted;
  private final @Nullable Receipt receipt;
  private final ProgressListener progress;
  private final ChunkTable.Builder table = new ChunkTable.Builder();
  private final MerkleBuilder merkle = new MerkleBuilder();
  private long size;
  private long storedBytes;
  private int replicas;

  ManifestRows(int replicasWanted, @Nullable Receipt receipt, ProgressListener progress) {
    this.replicasWanted = replicasWanted;
    this.replicas = replicasWanted;
    this.receipt = receipt;
    this.progress = progress;
  }

  /// Takes the next chunk.
  ///
  /// @param replicasMin fewer durable copies than these fail the upload
  void add(UploadedChunk chunk, int replicasMin) throws IOException {
    StoredChunk stored = chunk.stored();
    if (stored == null) {
      table.add(table.id(chunk.firstIndex()), 0, chunk.firstIndex());
    } else {
      checkReplicas(stored, replicasMin);
      table.add(stored.id());
      storedBytes += stored.blobBytes();
      replicas = Math.min(replicas, stored.holders().size());
      if (receipt != null) {
        receipt.add(stored);
      }
    }
    merkle.add(chunk.leafHash());
    size += chunk.length();
    progress.on(new ProgressEvent.ChunkDone(chunk.index() + 1L, size));
  }

  private static void checkReplicas(StoredChunk stored, int replicasMin) {
    int count = stored.holders().size();
    if (count < replicasMin) {
      String why = stored.failures().isEmpty() ? "" : ": " + String.join("; ", stored.failures());
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "only " + count + " of at least " + replicasMin + " nodes took a chunk" + why,
          "nothing was recorded; start more nodes, make room on them, or lower --min-replicas");
    }
  }

  Manifest manifest(Generation generation, Compression compression, Content content) {
    return new Manifest.Builder()
        .size(size)
        .compression(compression)
        .merkleRoot(merkle.root())
        .content(content)
        .replicas(replicasWanted)
        .generations(List.of(generation))
        .chunks(table.build())
        .build();
  }

  long size() {
    return size;
  }

  int chunks() {
    return table.size();
  }

  long storedBytes() {
    return storedBytes;
  }

  /// The smallest number of replicas of any chunk; as many as wanted when there are no chunks.
  int replicas() {
    return replicas;
  }
}
