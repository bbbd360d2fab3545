package io.quintet.scripts.torture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The disk refuses to sync: strace lets every fsync of a running node fail.
final class FsyncScenario implements Scenario {
  private static final String INJECT = "inject=fsync,fdatasync:error=EIO";

  @Override
  public String name() {
    return "fsync";
  }

  @Override
  public String what() {
    return "every fsync of a running node fails (strace): puts are refused and stay refused after"
        + " the disk works again, reads go on, a restart brings all acknowledged chunks";
  }

  @Override
  public Optional<String> obstacle() {
    return Shell.obstacle("strace");
  }

  @Override
  public void run(Trial trial) throws Exception {
    Victim node = trial.arena().node(trial.arena().path("unsynced"), "--reserve", "1B");
    Acknowledged acknowledged = new Acknowledged();
    node.start(trial);
    while (trial.more()) {
      put(trial, node, acknowledged, 201);
      Process strace = attach(node);
      try {
        put(trial, node, acknowledged, 507);
        put(trial, node, acknowledged, 507);
        acknowledged.checkAll(trial, node.url());
      } finally {
        strace.destroy();
        trial.require(Shell.ended(strace), "strace ends");
      }
      // A sync would work again; it would also lie, as the kernel dropped the dirty pages.
      put(trial, node, acknowledged, 507);
      trial.require(node.status().path("volume").asText().equals("bad"), "the volume is bad");
      int ready = ChunkCalls.get(node.url(), "/health/ready").status();
      trial.require(ready == 503, "a node with a bad volume is not ready: " + ready);
      acknowledged.checkAll(trial, node.url());
      node.kill();
      node.start(trial);
      put(trial, node, acknowledged, 201);
      acknowledged.checkAll(trial, node.url());
    }
  }

  private static void put(Trial trial, Victim node, Acknowledged acknowledged, int expected)
      throws BrokenPromiseException {
    Blob blob = Blob.draw(trial.random(), 1 << 20);
    int status = ChunkCalls.put(node.url(), blob.bytes());
    trial.require(status == expected, "PUT answers " + status + ", expected " + expected);
    trial.count("PUT " + status, 1);
    if (status == 201) {
      acknowledged.add(blob);
    }
  }

  private static Process attach(Victim node) throws IOException {
    Process strace =
        new ProcessBuilder("strace", "-f", "-o", "/dev/null", "-e", INJECT, "-p", "" + node.pid())
            .redirectErrorStream(true)
            .start();
    // It says so when it is attached to all threads.
    InputStream said = strace.getInputStream();
    StringBuilder text = new StringBuilder();
    while (text.indexOf("attached") < 0) {
      int next = said.read();
      if (next < 0) {
        throw new IOException("strace cannot attach: " + text);
      }
      text.append(new String(new byte[] {(byte) next}, StandardCharsets.US_ASCII));
    }
    return strace;
  }
}
