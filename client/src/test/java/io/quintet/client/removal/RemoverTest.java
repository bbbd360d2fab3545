package io.quintet.client.removal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.memory.MemoryNetwork;
import io.quintet.client.memory.MemoryNode;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.Uploader;
import io.quintet.manifest.ChunkTable;
import io.quintet.manifest.Content;
import io.quintet.manifest.Generation;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.blob.SecretKey;
import io.quintet.manifest.file.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoverTest {
  @TempDir private Path folder = Path.of("");
  private final MemoryNetwork network = MemoryNetwork.of(7);

  @AfterEach
  void close() {
    network.close();
  }

  private Path put(String name, int size, int period) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    for (int i = period; i < size; i++) {
      bytes[i] = bytes[i - period];
    }
    Path source = Files.write(folder.resolve(name), bytes);
    Path manifest = folder.resolve(name + ".manifest");
    new Uploader(network, ProgressListener.NONE)
        .upload(new UploadRequest(source, manifest, "none", 5, 0, false, null));
    return manifest;
  }

  private RemovalResult remove(Path manifest) {
    return remove(manifest, null);
  }

  private RemovalResult remove(Path manifest, @Nullable Path receipt) {
    return new Remover(network, ProgressListener.NONE).remove(manifest, receipt);
  }

  private long copies() {
    return network.nodes().stream().mapToLong(node -> node.chunks().size()).sum();
  }

  @Test
  void everyCopyOfEveryChunkGoesAndNothingElse() throws Exception {
    Path other = put("other", 10, 10);
    Path manifest = put("file", 3_500_000, 3_500_000);
    assertEquals(25, copies());
    RemovalResult result = remove(manifest);
    assertTrue(result.complete());
    assertEquals(4, result.chunks());
    assertEquals(new RemovalResult.Spread(5, 5), result.worst());
    assertEquals(5, copies());
    assertTrue(Files.exists(manifest));
    assertTrue(remove(manifest).complete(), "it can be run again");
    assertEquals(5, copies());
    remove(other);
    assertEquals(0, copies());
  }

  @Test
  void aChunkThatRepeatsIsDeletedOnce() throws Exception {
    Path manifest = put("file", 4 << 20, 1 << 20);
    RemovalResult result = remove(manifest);
    assertEquals(1, result.chunks());
    assertEquals(0, copies());
  }

  @Test
  void aHolderThatIsAwayIsNamed() throws Exception {
    Path manifest = put("file", 10, 10);
    MemoryNode away =
        network.nodes().stream().filter(node -> !node.chunks().isEmpty()).findFirst().orElseThrow();
    away.fail(MemoryNode.Fault.DOWN);
    RemovalResult result = remove(manifest);
    assertFalse(result.complete());
    assertEquals(new RemovalResult.Spread(4, 5), result.worst());
    assertEquals(1, result.pending().size());
    assertEquals(away.contact().id().toString(), result.pending().getFirst().id());
    assertEquals("offline", result.pending().getFirst().why());
    away.fail(MemoryNode.Fault.NONE);
    assertTrue(remove(manifest).complete());
    assertEquals(0, copies());
  }

  @Test
  void holdersThatNoRecordNamesAreFoundByTheTombstones() throws Exception {
    Path manifest = put("file", 10, 10);
    network.records(MemoryNetwork.Records.NONE);
    RemovalResult result = remove(manifest);
    assertEquals(new RemovalResult.Spread(5, 5), result.worst());
    assertEquals(0, copies());
  }

  private Path putWithReceipt(String name) throws IOException {
    Path source = Files.write(folder.resolve(name), new byte[] {1, 2, 3});
    Path manifest = folder.resolve(name + ".manifest");
    new Uploader(network, ProgressListener.NONE)
        .upload(
            new UploadRequest(
                source, manifest, "none", 5, 0, false, folder.resolve(name + ".manifest.receipt")));
    return manifest;
  }

  private MemoryNode holder() {
    return network.nodes().stream()
        .filter(node -> !node.chunks().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHolderThatOnlyTheReceiptKnowsIsNamed() throws Exception {
    Path manifest = putWithReceipt("file");
    Path receipt = folder.resolve("file.manifest.receipt");
    // Nobody knows this node any more: it has been away for longer than records live.
    String gone = "7".repeat(64);
    MemoryNode holder = holder();
    holder.chunks().clear();
    String named = Files.readString(receipt).replace(holder.contact().id().toString(), gone);
    Files.writeString(receipt, named);
    RemovalResult result = remove(manifest);
    assertFalse(result.complete());
    assertEquals(new RemovalResult.Spread(4, 5), result.worst());
    assertEquals(0, result.unknownHolders());
    assertEquals(List.of(new RemovalResult.Pending(gone, "", 1, "offline")), result.pending());
    Path moved = Files.move(receipt, folder.resolve("elsewhere"));
    assertEquals(0, remove(manifest).pending().size());
    assertEquals(result.pending(), remove(manifest, moved).pending());
  }

  @Test
  void whoIsThereAndHasItNoMoreIsNotHeldToTheReceipt() throws Exception {
    Path manifest = putWithReceipt("file");
    holder().chunks().clear();
    RemovalResult result = remove(manifest);
    assertEquals(new RemovalResult.Spread(4, 5), result.worst());
    assertEquals(1, result.unknownHolders());
    assertEquals(List.of(), result.pending());
  }

  @Test
  void aFileThatIsNoReceiptIsRefusedBeforeAnythingIsDeleted() throws Exception {
    Path manifest = put("file", 10, 10);
    Path receipt = folder.resolve("receipt");
    String id = "a".repeat(64);
    for (String text :
        List.of(
            "", "[]", "{", "{}{}", "{\"a\":[]}", "{\"" + id + "\":[1]}", "{\"" + id + "\":{}}")) {
      Files.writeString(receipt, text);
      UserException refused =
          assertThrows(UserException.class, () -> remove(manifest, receipt), text);
      assertEquals(ExitCode.INTEGRITY, refused.exitCode(), text);
    }
    Path none = folder.resolve("none");
    UserException missing = assertThrows(UserException.class, () -> remove(manifest, none));
    assertEquals(ExitCode.UNAVAILABLE, missing.exitCode());
    assertEquals(5, copies());
  }

  @Test
  void aManifestWithAnotherDeleteKeyIsRefusedAndNothingIsSpread() throws Exception {
    Manifest manifest = ManifestFile.read(put("file", 10, 10));
    Generation own = manifest.generations().getFirst();
    Path forged = folder.resolve("forged.manifest");
    ManifestFile.write(
        forged,
        with(manifest, manifest.chunks(), List.of(new Generation(own.key(), own.key()))),
        false);
    UserException refused = assertThrows(UserException.class, () -> remove(forged));
    assertEquals(ExitCode.REFUSED, refused.exitCode());
    assertEquals(5, copies());
    assertTrue(network.nodes().stream().allMatch(node -> node.tombstones().isEmpty()));
  }

  @Test
  void aRedactedManifestIsRefused() throws Exception {
    Path redacted = folder.resolve("redacted.manifest");
    ManifestFile.write(redacted, ManifestFile.read(put("file", 10, 10)).redacted(), false);
    UserException refused = assertThrows(UserException.class, () -> remove(redacted));
    assertEquals(ExitCode.REFUSED, refused.exitCode());
    assertEquals(5, copies());
  }

  @Test
  void aChunkOfAnEarlierUploadIsDeletedWithItsOwnSecret() throws Exception {
    Manifest old = ManifestFile.read(put("file", 2_000_000, 2_000_000));
    byte[] key = new byte[SecretKey.BYTES];
    Arrays.fill(key, (byte) 7);
    Generation fresh = new Generation(SecretKey.fromBytes(key), SecretKey.fromBytes(key));
    ChunkTable.Builder table = new ChunkTable.Builder();
    table.add(old.chunks().id(0), 1, 0);
    table.add(old.chunks().id(1), 1, 1);
    Path manifest = folder.resolve("new.manifest");
    ManifestFile.write(
        manifest, with(old, table.build(), List.of(fresh, old.generations().getFirst())), false);
    RemovalResult result = remove(manifest);
    assertTrue(result.complete());
    assertEquals(2, result.chunks());
    assertEquals(0, copies());
  }

  @Test
  void whatNobodyHoldsIsUnavailableAndAnEmptyFileIsDone() throws Exception {
    Path manifest = put("file", 10, 10);
    network.nodes().forEach(node -> node.chunks().clear());
    UserException unavailable = assertThrows(UserException.class, () -> remove(manifest));
    assertEquals(ExitCode.UNAVAILABLE, unavailable.exitCode());
    RemovalResult nothing = remove(put("empty", 0, 1));
    assertTrue(nothing.complete());
    assertEquals(0, nothing.chunks());
  }

  private static Manifest with(Manifest old, ChunkTable chunks, List<Generation> generations) {
    return new Manifest.Builder()
        .size(old.size())
        .chunkSize(old.chunkSize())
        .compression(old.compression())
        .merkleRoot(old.merkleRoot())
        .content(Content.FILE)
        .replicas(old.replicas())
        .generations(generations)
        .chunks(chunks)
        .build();
  }
}
