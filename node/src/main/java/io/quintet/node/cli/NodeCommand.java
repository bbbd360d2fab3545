package io.quintet.node.cli;

import io.quintet.dht.net.AdvertisedAddress;
import io.quintet.node.HttpSettings;
import io.quintet.node.NetworkSettings;
import io.quintet.node.NodeConfig;
import io.quintet.node.NodeWiring;
import io.quintet.node.RunningNode;
import io.quintet.node.edge.EdgeLimits;
import io.quintet.node.home.NodeStartException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `quintet node`: runs one node until a signal stops it.
///
/// SIGTERM and SIGINT stop it politely. The JVM would end with 143 or 130 then; a polite stop is a
/// success, so the shutdown hook halts the process with 0 as its last act (and with 1 when a step
/// of the stop failed).
@Command(
    name = "node",
    description = "Run a node: keep chunks for others until SIGTERM or Ctrl-C.",
    footer = {
      "",
      "A node exits with 0 after a clean stop, with 2 when the command line is wrong and with 7"
          + " when",
      "it refuses to start: data directory or port in use."
    })
public final class NodeCommand implements Callable<Integer> {
  private static final int REFUSED = 7;
  private static final int INTERRUPTED = 130;
  private static final int STOP_FAILED = 1;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "where the node keeps its key and its chunks (default: $XDG_DATA_HOME/quintet/node or"
              + " ~/.local/share/quintet/node)")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "HTTP port, exactly this one; 0: any (default: the first free one from 8000)")
  private @Nullable Integer port;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description =
          "local address to listen on (default: 127.0.0.1 if --interface is lo alone, else all)")
  private @Nullable String bind;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "address of a node to ask, where beacons do not reach; repeatable")
  private List<String> bootstrap = new ArrayList<>();

  @Option(
      names = "--advertise",
      paramLabel = "URL",
      description =
          "where others reach this node, such as http://192.0.2.7:18000, when that is not where it"
              + " listens (a container's published port, NAT)")
  private @Nullable String advertise;

  @Option(
      names = "--capacity",
      paramLabel = "SIZE",
      converter = ByteCount.Converter.class,
      description =
          "bytes of chunks to keep at most, such as 10GB or 500MiB (default: all but the reserve)")
  private @Nullable ByteCount capacity;

  @Option(
      names = "--reserve",
      paramLabel = "SIZE",
      converter = ByteCount.OrNone.class,
      description =
          "free space of the disk that is never touched; 0: none (default: 1 percent, at least"
              + " 256 MiB)")
  private @Nullable ByteCount reserve;

  @Option(
      names = "--label",
      paramLabel = "K=V",
      description = "what you say about this node, such as zone=cellar; repeatable")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "another name or address that HTTP clients may call this node by (a port published by a"
              + " container or router); repeatable")
  private List<String> allowedHosts = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "${env:QUINTET_NETWORK:-quintet}",
      description = "name of the network; keeps clusters apart (QUINTET_NETWORK; now: quintet)")
  private String network = "quintet";

  @Option(
      names = "--udp-port",
      paramLabel = "PORT",
      defaultValue = "9999",
      description = "port of the beacons (default: ${DEFAULT-VALUE})")
  private int udpPort = 9_999;

  @Option(
      names = "--interface",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "${env:QUINTET_INTERFACE}",
      description =
          "network interface to use; repeatable (QUINTET_INTERFACE, separated by commas; default:"
              + " loopback and every real one that is up)")
  private List<String> interfaces = new ArrayList<>();

  @Mixin private UpkeepOptions upkeep = new UpkeepOptions();

  @Option(
      names = "--json",
      description = "print one JSON object when ready: event, id, url, pid, dir")
  private boolean json;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec, "run by picocli only").commandLine();
    try {
      NodeWiring wiring = NodeWiring.of(config(command));
      if (wiring.finishDeparture()) {
        command.getErr().println("this node had left its network; its files are removed now");
        command.getErr().flush();
        return 0;
      }
      return run(command, wiring.start());
    } catch (NodeStartException e) {
      return refuse(command, String.valueOf(e.getMessage()), e.advice());
    }
  }

  private NodeConfig config(CommandLine command) {
    try {
      return new NodeConfig(
          data != null ? data : defaultDirectory(),
          new HttpSettings(bind, port, lowerCase(allowedHosts), EdgeLimits.standard(), elsewhere()),
          new NetworkSettings(network, udpPort, interfaces, bootstrap),
          capacity != null ? capacity.bytes() : Long.MAX_VALUE,
          reserve != null ? reserve.bytes() : null,
          labels,
          upkeep.settings());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable AdvertisedAddress elsewhere() {
    return advertise == null ? null : AdvertisedAddress.parse(advertise);
  }

  private static Set<String> lowerCase(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static Path defaultDirectory() {
    String base = System.getenv("XDG_DATA_HOME");
    Path shared =
        base != null && base.startsWith("/")
            ? Path.of(base)
            : Path.of(System.getProperty("user.home"), ".local", "share");
    return shared.resolve("quintet").resolve("node");
  }

  private int run(CommandLine command, RunningNode node) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> Runtime.getRuntime().halt(node.stop() ? 0 : STOP_FAILED), "node-stop"));
    announce(command, node);
    try {
      node.awaitHandedOver();
      return node.leave() ? 0 : STOP_FAILED;
    } catch (InterruptedException e) {
      // Only an embedding program interrupts us; it gets its thread back after a clean stop.
      Thread.currentThread().interrupt();
      return node.stop() ? INTERRUPTED : STOP_FAILED;
    }
  }

  private void announce(CommandLine command, RunningNode node) {
    if (json) {
      command.getOut().println(node.readyJson().encode());
    } else {
      command.getOut().println(node.readyLine());
      command
          .getOut()
          .println(
              "open network: whoever reaches this port can store, read and list encrypted chunks"
                  + " until the disk's reserve is reached");
    }
    command.getOut().flush();
  }

  private int refuse(CommandLine command, String failed, String advice) {
    if (json) {
      JsonObject error =
          new JsonObject()
              .put("event", "error")
              .put("exitCode", REFUSED)
              .put("failed", failed)
              .put("advice", advice);
      command.getOut().println(error.encode());
      command.getOut().flush();
    } else {
      command.getErr().println("quintet: " + failed);
      command.getErr().println("  " + advice);
      command.getErr().flush();
    }
    return REFUSED;
  }
}
