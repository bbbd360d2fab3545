package io.quintet.scripts.demo;

import io.quintet.client.ExitCode;
import io.quintet.client.UserException;
import io.quintet.client.cli.Backend;
import io.quintet.client.cli.Output;
import io.quintet.client.download.DownloadRequest;
import io.quintet.client.download.DownloadResult;
import io.quintet.client.network.NetworkOptions;
import io.quintet.client.progress.Amounts;
import io.quintet.client.progress.JsonLine;
import io.quintet.client.upkeep.AuditResult;
import io.quintet.client.upload.UploadRequest;
import io.quintet.client.upload.UploadResult;
import io.quintet.scripts.cluster.ClusterPlan;
import io.quintet.scripts.cluster.ClusterStart;
import io.quintet.scripts.cluster.ClusterState;
import io.quintet.scripts.cluster.ClusterStop;
import io.quintet.scripts.cluster.Launcher;
import io.quintet.scripts.cluster.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The steps of the demo, in order.
final class Demo {
  private static final int NODES = 7;
  private static final int REPLICAS = 5;
  private static final int KILLED = 4;
  private static final int NEWCOMERS = 3;
  private static final int CHUNKS_SHOWN = 3;
  // All copies, the file itself and the restored one, and what nodes leave free.
  private static final int ROOM_FACTOR = 2 * REPLICAS + 2;
  private static final long ROOM_EXTRA_BYTES = 512L << 20;

  private final Backend backend;
  private final Output output;
  private final DemoSite site;
  private final NetworkOptions network;
  private int step;

  Demo(Backend backend, Output output, DemoSite site, NetworkOptions network) {
    this.backend = backend;
    this.output = output;
    this.site = site;
    this.network = network;
  }

  void run(Launcher launcher, @Nullable Integer mebibytes, boolean keep) {
    long began = System.nanoTime();
    try {
      DemoFile file = prepareFile(mebibytes);
      ClusterState cluster = startNodes(launcher);
      UploadResult put = put(file, cluster);
      List<NodeProcess> dead = killNodes(cluster);
      DownloadResult get = get(file);
      Recovery recovery = recover(launcher, cluster);
      double seconds = secondsSince(began);
      if (keep) {
        site.keep();
        step("kept for you in " + site.directory() + "; try", tryNext(cluster, launcher.shown()));
      } else {
        site.close();
        step("cleaned up: processes ended, " + site.directory() + " removed");
      }
      summary(file, new Outcome(put, get, dead, recovery.seconds(), seconds));
    } catch (IOException e) {
      throw new UserException(
          ExitCode.UNAVAILABLE,
          "the demo could not read or write a file: " + e.getMessage(),
          "check the disk that holds " + site.directory().getParent(),
          e);
    }
  }

  private DemoFile prepareFile(@Nullable Integer mebibytes) throws IOException {
    long size = (mebibytes == null ? (long) DemoFile.MEBIBYTES_MIN : mebibytes) << 20;
    site.requireRoom(ROOM_FACTOR * size + ROOM_EXTRA_BYTES);
    Path javaHome = Path.of(System.getProperty("java.home")).toRealPath();
    DemoFile file = DemoFile.of(javaHome, site.directory(), mebibytes);
    step("a real file: " + Amounts.bytes(file.size()) + ", " + file.origin());
    return file;
  }

  private ClusterState startNodes(Launcher launcher) {
    long began = System.nanoTime();
    ClusterPlan plan = new ClusterPlan(NODES, network, null, true);
    ClusterState cluster = new ClusterStart(site.cluster(), launcher, plan).run();
    String title =
        "%d node processes started and found each other by beacons on loopback, in %s"
            .formatted(NODES, Amounts.seconds(secondsSince(began)));
    step(title, cluster.nodes().stream().map(Demo::describe).toList());
    return cluster;
  }

  private static String describe(NodeProcess node) {
    return "node %d  pid %-7d  %s  id %s..."
        .formatted(node.number(), node.pid(), node.url(), node.id().substring(0, 12));
  }

  private UploadResult put(DemoFile file, ClusterState cluster) throws IOException {
    Path receipt = site.directory().resolve("receipt.json");
    UploadRequest request =
        new UploadRequest(file.path(), manifest(), "zstd", REPLICAS, REPLICAS, false, receipt);
    UploadResult put = output.withProgress(progress -> backend.put(network, request, progress));
    Holders holders = Holders.read(receipt);
    List<String> details = new ArrayList<>();
    details.add(
        "chunks kept: "
            + cluster.nodes().stream()
                .map(node -> "node " + node.number() + ": " + holders.chunksOf(node.id()))
                .collect(Collectors.joining(", ")));
    holders.byChunk().entrySet().stream()
        .limit(CHUNKS_SHOWN)
        .forEach(chunk ->
            details.add(
                "chunk "
                    + chunk.getKey().substring(0, 12)
                    + "... is on nodes "
                    + numbers(cluster, chunk.getValue())));
    step(
        "put: %d chunks, each compressed, encrypted and on disk at %d nodes, in %s (%s)"
            .formatted(
                put.chunks(),
                put.replicas(),
                Amounts.seconds(put.seconds()),
                Amounts.rate(file.size() / put.seconds())),
        details);
    return put;
  }

  private static String numbers(ClusterState cluster, List<String> ids) {
    return cluster.nodes().stream()
        .filter(node -> ids.contains(node.id()))
        .map(node -> Integer.toString(node.number()))
        .collect(Collectors.joining(" "));
  }

  private List<NodeProcess> killNodes(ClusterState cluster) throws IOException {
    List<NodeProcess> nodes = new ArrayList<>(cluster.nodes());
    Collections.shuffle(nodes, new SecureRandom());
    List<NodeProcess> dead =
        nodes.subList(0, KILLED).stream()
            .sorted(Comparator.comparingInt(NodeProcess::number))
            .toList();
    dead.forEach(ClusterStop::kill);
    Set<String> ids = dead.stream().map(NodeProcess::id).collect(Collectors.toSet());
    String left =
        Holders.read(site.directory().resolve("receipt.json")).copiesLeft(ids).entrySet().stream()
            .map(entry -> entry.getValue() + " chunks with " + entry.getKey())
            .collect(Collectors.joining(", "));
    step(
        "%d nodes chosen at random are dead (kill -9): %s"
            .formatted(KILLED, numbers(cluster, List.copyOf(ids))),
        List.of("copies left: " + left));
    return dead;
  }

  private DownloadResult get(DemoFile file) throws IOException {
    Path restored = site.directory().resolve("restored");
    DownloadResult get =
        output.withProgress(progress ->
            backend.get(network, new DownloadRequest(manifest(), restored, false), progress));
    long difference = Files.mismatch(file.path(), restored);
    if (difference >= 0) {
      throw new UserException(
          ExitCode.INTEGRITY,
          "the restored file differs from the original at byte " + difference,
          "this is a bug; please report it");
    }
    step(
        "get: restored from the nodes that live, in %s (%s)"
            .formatted(Amounts.seconds(get.seconds()), Amounts.rate(file.size() / get.seconds())),
        List.of(
            "byte for byte identical to the original",
            "Merkle root  " + backend.info(manifest()).merkleRoot() + " matches",
            "SHA-256      " + get.sha256()));
    return get;
  }

  /// New nodes come, and the nodes that live bring every chunk back to five.
  private Recovery recover(Launcher launcher, ClusterState cluster) {
    ClusterPlan plan = new ClusterPlan(NEWCOMERS, network, null, true);
    List<NodeProcess> nodes = new ArrayList<>(cluster.nodes());
    nodes.removeIf(node -> !node.isAlive());
    nodes.addAll(new ClusterStart(site.newcomers(), launcher, plan).run().nodes());
    Recovery recovery = Recovery.await(backend, nodes, backend.info(manifest()).distinctChunks());
    AuditResult audit =
        output.withProgress(progress -> backend.audit(network, manifest(), progress));
    if (audit.minReplicas() < REPLICAS) {
      throw new UserException(
          ExitCode.DEGRADED,
          "a chunk has " + audit.minReplicas() + " of " + REPLICAS + " replicas after the repair",
          "this is a bug, or the machine is very busy; please report it");
    }
    step(
        "repair: %d new nodes joined, and every chunk is at %d nodes again, in %s"
            .formatted(NEWCOMERS, audit.minReplicas(), Amounts.seconds(recovery.seconds())),
        List.of(
            "nobody asked for it: the holders noticed, agreed on who copies, and did",
            "audit: %d replicas proved that they have every byte, %d missing, %d wrong"
                .formatted(audit.proven(), audit.missing(), audit.wrong())));
    return recovery;
  }

  private Path manifest() {
    return site.directory().resolve("demo.manifest");
  }

  private List<String> tryNext(ClusterState cluster, String quintet) {
    String onNetwork = " --interface lo --network " + network.name();
    if (network.udpPort() != 9_999) {
      onNetwork += " --udp-port " + network.udpPort();
    }
    String dir = " --dir " + site.cluster().root();
    NodeProcess alive =
        cluster.nodes().stream().filter(NodeProcess::isAlive).findFirst().orElseThrow();
    return List.of(
        quintet + " cluster status" + dir,
        quintet + " get " + manifest() + " -o again" + onNetwork,
        quintet + " info " + manifest(),
        quintet + " nodes" + onNetwork,
        "curl " + alive.url() + "/status",
        quintet
            + " cluster stop"
            + dir
            + " && "
            + quintet
            + " cluster stop --dir "
            + site.newcomers().root()
            + " && rm -r "
            + site.directory());
  }

  /// What the demonstration did.
  private record Outcome(
      UploadResult put,
      DownloadResult get,
      List<NodeProcess> dead,
      double repairSeconds,
      double seconds) {}

  private void summary(DemoFile file, Outcome did) {
    output.print(
        JsonLine.event("result")
            .with("identical", true)
            .with("size", file.size())
            .with("chunks", did.put().chunks())
            .with("putSeconds", did.put().seconds())
            .with("getSeconds", did.get().seconds())
            .with("repairSeconds", did.repairSeconds())
            .with("killed", did.dead().stream().map(NodeProcess::id).toList())
            .with("sha256", did.get().sha256())
            .with("seconds", did.seconds()),
        "%nThe file survived %d of %d nodes and is whole again, in %s."
            .formatted(KILLED, NODES, Amounts.seconds(did.seconds())));
  }

  private void step(String title) {
    step(title, List.of());
  }

  private void step(String title, List<String> details) {
    step++;
    StringBuilder text = new StringBuilder(step + ". " + title);
    for (String detail : details) {
      text.append(System.lineSeparator()).append("   ").append(detail);
    }
    output.print(
        JsonLine.event("step").with("step", step).with("title", title).with("details", details),
        text.toString());
  }

  private static double secondsSince(long beganNanos) {
    return (System.nanoTime() - beganNanos) / 1e9;
  }
}
