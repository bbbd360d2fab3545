package io.quintet.client.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.memory.MemoryNetwork;
import io.quintet.client.memory.MemoryNode;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.Uploader;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.file.ManifestFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileReplicasTest {
  private static final int CHUNKS = 4;

  @TempDir private Path folder = Path.of("");
  private final MemoryNetwork network = MemoryNetwork.of(8);

  @AfterEach
  void close() {
    network.close();
  }

  private Manifest put(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Path source = Files.write(folder.resolve("file"), bytes);
    Path manifest = folder.resolve("file.manifest");
    new Uploader(network, ProgressListener.NONE)
        .upload(new UploadRequest(source, manifest, "none", 5, 0, false, null));
    return ManifestFile.read(manifest).redacted();
  }

  private FileReplicas replicas() {
    return new FileReplicas(network, ProgressListener.NONE);
  }

  /// Nodes that hold the first chunk.
  private MemoryNode[] holders(Manifest manifest) {
    String first = manifest.chunks().id(0).toString();
    return network.nodes().stream()
        .filter(node -> node.chunks().keySet().stream().anyMatch(id -> id.toString().equals(first)))
        .toArray(MemoryNode[]::new);
  }

  @Test
  void aHealthyFileHasAllReplicasProved() throws Exception {
    AuditResult audit = replicas().audit(put(CHUNKS << 20));
    assertEquals(new AuditResult(5, 0, 0, 0, CHUNKS, 5, 5 * CHUNKS, 0, 0), audit);
    assertTrue(audit.isHealthy());
  }

  @Test
  void anEmptyFileIsHealthy() throws Exception {
    AuditResult audit = replicas().audit(put(0));
    assertTrue(audit.isHealthy());
    assertEquals(0, audit.missing());
  }

  @Test
  void deadNodesAreMissingNeverWrongAndRepairReplacesThem() throws Exception {
    Manifest manifest = put(CHUNKS << 20);
    MemoryNode[] holders = holders(manifest);
    for (int i = 0; i < 3; i++) {
      holders[i].fail(MemoryNode.Fault.DOWN);
    }
    AuditResult audit = replicas().audit(manifest);
    assertEquals(2, audit.minReplicas());
    assertEquals(0, audit.wrong());
    assertEquals(5 * CHUNKS - audit.proven(), audit.missing());
    assertFalse(audit.isHealthy());
    RepairResult repair = replicas().repair(manifest);
    assertEquals(audit.missing(), repair.copied());
    assertEquals(5, repair.after().minReplicas());
    assertEquals(5 * CHUNKS, replicas().audit(manifest).proven());
  }

  @Test
  void aLiarIsWrongAndItsReplicaIsMadeElsewhere() throws Exception {
    Manifest manifest = put(CHUNKS << 20);
    holders(manifest)[0].fail(MemoryNode.Fault.LIES);
    AuditResult audit = replicas().audit(manifest);
    assertEquals(4, audit.minReplicas());
    assertTrue(audit.wrong() >= 1);
    assertEquals(0, audit.missing());
    assertFalse(audit.isHealthy());
    RepairResult repair = replicas().repair(manifest);
    assertEquals(5, repair.after().minReplicas());
    assertEquals(audit.wrong(), repair.copied());
  }

  @Test
  void withFewerNodesThanReplicasAllOfThemGetACopy() throws Exception {
    Manifest manifest = put(CHUNKS << 20);
    MemoryNode[] holders = holders(manifest);
    for (MemoryNode node : network.nodes()) {
      if (node != holders[0] && node != holders[1] && node != holders[2]) {
        node.fail(MemoryNode.Fault.DOWN);
      }
    }
    RepairResult repair = replicas().repair(manifest);
    assertTrue(repair.after().minReplicas() == 3 || repair.after().lost() > 0);
    assertFalse(repair.after().isHealthy());
  }

  @Test
  void aChunkThatNobodyHasIsLost() throws Exception {
    Manifest manifest = put(CHUNKS << 20);
    for (MemoryNode node : holders(manifest)) {
      node.fail(MemoryNode.Fault.DOWN);
    }
    AuditResult audit = replicas().repair(manifest).after();
    assertEquals(0, audit.minReplicas());
    assertTrue(audit.lost() >= 1);
  }
}
