package io.quintet.client.removal;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.download.ManifestOpening;
import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.dht.id.Key;
import io.quintet.dht.records.Tombstone;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.Generation;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.blob.DeleteSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Deletes from the network what a manifest describes; the manifest itself stays.
///
/// It can be interrupted anywhere and run again: what is deleted already is found deleted.
public final class Remover {
  private static final int BATCH_CHUNKS = 512;

  private final Network network;
  private final ProgressListener progress;

  /// @param network asked only after the manifest was checked; stays open
  public Remover(Network network, ProgressListener progress) {
    this.network = network;
    this.progress = progress;
  }

  /// Blocks until every node that answers has deleted its chunks, durably.
  ///
  /// @param receipt names the nodes that confirmed each chunk; null: the one beside the manifest,
  ///   if there is one
  /// @throws UserException with `REFUSED` for a manifest without delete keys or with wrong ones,
  ///   `UNAVAILABLE` when no holder is known or the receipt cannot be read, `INTEGRITY` for a
  ///   damaged receipt, `NO_NODES`, `INTERRUPTED`
  public RemovalResult remove(Path path, @Nullable Path receipt) {
    long begin = System.nanoTime();
    Manifest manifest = ManifestOpening.open(path);
    if (manifest.isRedacted()) {
      throw new UserException(
          ExitCode.REFUSED,
          path + " is redacted: it holds no delete key",
          "use the manifest that put wrote");
    }
    NamedHolders named = NamedHolders.read(receipt, path, ids(manifest)::contains);
    progress.on(new ProgressEvent.Started("rm", manifest.size()));
    Tally tally = new Tally();
    try {
      if (manifest.chunks().size() > 0) {
        run(path, manifest, named, tally);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException(
          ExitCode.INTERRUPTED,
          "interrupted; some chunks are deleted, others not yet",
          "run it again to delete the rest",
          e);
    }
    RemovalResult result = tally.result((System.nanoTime() - begin) / 1e9);
    progress.on(new ProgressEvent.Finished(result.chunks(), manifest.size(), result.seconds()));
    return result;
  }

  private void run(Path path, Manifest manifest, NamedHolders named, Tally tally)
      throws InterruptedException {
    int nodes = network.discover(1, manifest.replicas()).size();
    progress.on(new ProgressEvent.NodesFound(nodes));
    ChunkTable chunks = manifest.chunks();
    int next = 0;
    while (next < chunks.size()) {
      List<Tombstone> batch = new ArrayList<>(BATCH_CHUNKS);
      for (; next < chunks.size() && batch.size() < BATCH_CHUNKS; next++) {
        if (isFirst(chunks, next)) {
          batch.add(tombstone(manifest, next));
        }
      }
      new RemovalBatch(network, manifest.replicas(), named, tally).run(path, batch);
      long bytes = (long) ((double) manifest.size() * next / chunks.size());
      progress.on(new ProgressEvent.ChunkDone(next, bytes));
    }
    if (tally.nobodyKnown()) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "no holder of any chunk of " + path + " is known: there was nothing to delete",
          "check --network; nodes that hold chunks of it and are away delete them when they come"
              + " back");
    }
  }

  private static Set<Key> ids(Manifest manifest) {
    Set<Key> ids = new HashSet<>();
    for (int i = 0; i < manifest.chunks().size(); i++) {
      ids.add(Key.fromBytes(manifest.chunks().id(i).toBytes()));
    }
    return ids;
  }

  /// A chunk that repeats within its own upload has one blob; it is deleted where it comes first.
  private static boolean isFirst(ChunkTable chunks, int index) {
    return chunks.generation(index) != 0 || chunks.isOwn(index);
  }

  private static Tombstone tombstone(Manifest manifest, int index) {
    ChunkTable chunks = manifest.chunks();
    Generation generation = manifest.generations().get(chunks.generation(index));
    byte[] secret = DeleteSecret.derive(generation.deleteKey(), chunks.position(index));
    return new Tombstone(
        Key.fromBytes(chunks.id(index).toBytes()), io.quintet.dht.records.DeleteSecret.of(secret));
  }
}
