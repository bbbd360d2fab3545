package io.quintet.client.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.memory.MemoryNetwork;
import io.quintet.client.memory.MemoryNetwork.Records;
import io.quintet.client.memory.MemoryNode.Fault;
import io.quintet.client.progress.ProgressEvent;
import io.quintet.client.progress.ProgressListener;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.Uploader;
import io.quintet.dht.id.Key;
import io.quintet.manifest.Manifest;
import io.quintet.manifest.blob.Sha256;
import io.quintet.manifest.file.ManifestFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class DownloaderTest {
  private static final int CHUNK = 1 << 20;
  private static final byte[] BYTES = random(5 * CHUNK + 17);

  @TempDir private Path folder = Path.of("");
  private final MemoryNetwork network = MemoryNetwork.of(7);
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private Path manifestFile = Path.of("");
  private Path output = Path.of("");

  @BeforeEach
  void put() throws IOException {
    manifestFile = folder.resolve("f.manifest");
    output = folder.resolve("f");
    Path source = Files.write(folder.resolve("source"), BYTES);
    new Uploader(network, ProgressListener.NONE)
        .upload(new UploadRequest(source, manifestFile, "zstd", 5, 0, false, null));
    Files.delete(source);
  }

  @AfterEach
  void close() {
    network.nodes().forEach(node -> node.release());
    network.close();
  }

  @ParameterizedTest
  @EnumSource
  void theFileIsRestoredWhicheverWayHoldersAreFound(Records records) throws IOException {
    network.records(records);
    DownloadResult result = get(output);
    assertArrayEquals(BYTES, Files.readAllBytes(output));
    assertEquals(HexFormat.of().formatHex(Sha256.hash(BYTES)), result.sha256());
    assertEquals(BYTES.length, result.size());
    assertOnly("f", "f.manifest");
  }

  @Test
  void manyChunksAreLocatedInOneLookup() throws IOException {
    get(output);
    assertEquals(1, network.lookups());
  }

  @Test
  void fourDeadHoldersOfEachChunkDoNotMatter() throws IOException {
    Manifest manifest = ManifestFile.read(manifestFile);
    for (int i = 0; i < manifest.chunks().size(); i++) {
      Key id = id(manifest, i);
      network.nodes().stream()
          .filter(node -> node.chunks().containsKey(id))
          .skip(1)
          .forEach(node -> node.chunks().remove(id));
    }
    get(output);
    assertArrayEquals(BYTES, Files.readAllBytes(output));
  }

  @Test
  void lyingNodesAreNamedAndOthersAreAsked() throws IOException {
    network.nodes().subList(0, 4).forEach(node -> node.fail(Fault.LIES));
    get(output);
    assertArrayEquals(BYTES, Files.readAllBytes(output));
    assertFalse(warnings.isEmpty());
    for (String warning : warnings) {
      assertTrue(
          network.nodes().subList(0, 4).stream()
              .anyMatch(node -> warning.contains(node.contact().id().toString())),
          warning);
    }
  }

  @Test
  void stuckNodesAreHedged() throws IOException {
    network.nodes().subList(0, 2).forEach(node -> node.fail(Fault.STUCK));
    get(output);
    assertArrayEquals(BYTES, Files.readAllBytes(output));
  }

  @Test
  void nodesThatAreBusyForAMomentAreAskedAgain() throws IOException {
    network.nodes().forEach(node -> node.failNext(3));
    get(output);
    assertArrayEquals(BYTES, Files.readAllBytes(output));
  }

  @Test
  void lostChunksAreNamedAndTheRestIsKept() throws IOException {
    String first = lose(1);
    String second = lose(5);
    UserException e = failsWith(ExitCode.UNAVAILABLE, output);
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(first) && message.contains(second), message);
    assertTrue(message.contains(folder.resolve("f.partial").toString()), message);
    byte[] expected = BYTES.clone();
    Arrays.fill(expected, CHUNK, 2 * CHUNK, (byte) 0);
    Arrays.fill(expected, 5 * CHUNK, BYTES.length, (byte) 0);
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("f.partial")));
    assertOnly("f.manifest", "f.partial");
  }

  @Test
  void standardOutputGetsTheBytesInOrderUpToALostChunk() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    DownloadResult result =
        new Downloader(network, this::listen, whole)
            .download(new DownloadRequest(manifestFile, null, false));
    assertArrayEquals(BYTES, whole.toByteArray());
    assertEquals("-", result.path());
    lose(2);
    ByteArrayOutputStream cut = new ByteArrayOutputStream();
    Downloader downloader = new Downloader(network, this::listen, cut);
    UserException e =
        assertThrows(
            UserException.class,
            () -> downloader.download(new DownloadRequest(manifestFile, null, false)));
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertArrayEquals(Arrays.copyOf(BYTES, 2 * CHUNK), cut.toByteArray());
  }

  @Test
  void anotherMerkleRootIsAnIntegrityFailureAndLeavesNothing() throws IOException {
    Manifest manifest = ManifestFile.read(manifestFile);
    byte[] root = manifest.merkleRoot();
    root[0] ^= 1;
    Manifest other =
        new Manifest.Builder()
            .size(manifest.size())
            .compression(manifest.compression())
            .merkleRoot(root)
            .content(manifest.content())
            .replicas(manifest.replicas())
            .generations(manifest.generations())
            .chunks(manifest.chunks())
            .build();
    ManifestFile.write(manifestFile, other, true);
    failsWith(ExitCode.INTEGRITY, output);
    assertOnly("f.manifest");
  }

  @Test
  void anExistingOutputIsRefusedWithoutForce() throws IOException {
    Files.writeString(output, "precious");
    int before = network.discoveries();
    failsWith(ExitCode.REFUSED, output);
    assertEquals("precious", Files.readString(output));
    assertEquals(before, network.discoveries());
    new Downloader(network, this::listen).download(new DownloadRequest(manifestFile, output, true));
    assertArrayEquals(BYTES, Files.readAllBytes(output));
  }

  @Test
  void badManifestsAndOutputsAreRefusedBeforeTheNetworkIsTouched() throws IOException {
    int before = network.discoveries();
    failsWith(ExitCode.USAGE, Files.createDirectory(folder.resolve("directory")));
    failsWith(ExitCode.UNAVAILABLE, folder.resolve("nowhere/f"));
    Manifest manifest = ManifestFile.read(manifestFile);
    String text = Files.readString(manifestFile);
    Files.writeString(manifestFile, text.substring(0, text.length() / 2));
    failsWith(ExitCode.INTEGRITY, output);
    Files.writeString(manifestFile, text.replaceFirst("\"version\": *1", "\"version\":2"));
    failsWith(ExitCode.REFUSED, output);
    Files.writeString(manifestFile, "");
    failsWith(ExitCode.INTEGRITY, output);
    ManifestFile.write(manifestFile, manifest.redacted(), true);
    failsWith(ExitCode.REFUSED, output);
    Files.delete(manifestFile);
    failsWith(ExitCode.UNAVAILABLE, output);
    manifestFile = folder.resolve("directory");
    failsWith(ExitCode.USAGE, output);
    assertEquals(before, network.discoveries());
    assertOnly("directory");
  }

  private String lose(int index) throws IOException {
    Manifest manifest = ManifestFile.read(manifestFile);
    Key id = id(manifest, index);
    network.nodes().forEach(node -> node.chunks().remove(id));
    return id.toString();
  }

  private static Key id(Manifest manifest, int index) {
    return Key.fromBytes(manifest.chunks().id(index).toBytes());
  }

  private DownloadResult get(@Nullable Path target) {
    return new Downloader(network, this::listen)
        .download(new DownloadRequest(manifestFile, target, false));
  }

  private void listen(ProgressEvent event) {
    if (event instanceof ProgressEvent.Warning warning) {
      warnings.add(warning.text());
    }
  }

  private UserException failsWith(ExitCode code, Path target) {
    UserException e = assertThrows(UserException.class, () -> get(target));
    assertEquals(code, e.exitCode(), e.getMessage());
    assertFalse(e.advice().isEmpty());
    return e;
  }

  private void assertOnly(String... names) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(names), files.map(f -> f.toFile().getName()).sorted().toList());
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
