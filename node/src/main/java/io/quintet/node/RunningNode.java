package io.quintet.node;

import io.quintet.node.edge.HttpEdge;
import io.quintet.node.fault.Failpoint;
import io.quintet.node.home.DataDirectory;
import io.quintet.node.home.NodeStartException;
import io.quintet.node.peer.Membership;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node that serves.
public final class RunningNode {
  private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);
  private static final long STEP_SECONDS_MAX = 15;
  private static final long LAST_WORD_MILLIS = 1_500;

  private final Vertx vertx;
  private final DataDirectory home;
  private final ChunkStore store;
  private final HttpEdge edge;
  private final Membership membership;
  private final Facts facts;
  private final NodeWork work;
  private final Leaving leaving;
  private volatile boolean well = true;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /// What the node does by itself.
  record Tasks(NodeWork work, Leaving leaving) {}

  RunningNode(
      Vertx vertx,
      DataDirectory home,
      ChunkStore store,
      HttpEdge edge,
      Membership membership,
      Facts facts,
      Tasks tasks) {
    this.vertx = vertx;
    this.home = home;
    this.store = store;
    this.edge = edge;
    this.membership = membership;
    this.facts = facts;
    this.work = tasks.work();
    this.leaving = tasks.leaving();
  }

  /// Where it can be reached, without a trailing slash.
  public String url() {
    return facts.url();
  }

  /// One line for people.
  public String readyLine() {
    return "node "
        + facts.id().toString().substring(0, 12)
        + " listening on "
        + facts.url()
        + ", data in "
        + home.path()
        + ", network "
        + facts.config().network().name();
  }

  /// The line that tells other processes that the node is ready; also the content of `node.json`.
  public JsonObject readyJson() {
    return new JsonObject()
        .put("event", "ready")
        .put("id", facts.id().toString())
        .put("url", facts.url())
        .put("pid", ProcessHandle.current().pid())
        .put("dir", home.path().toString());
  }

  /// Stops politely: no new work, bodies in flight finish (a bounded time), GOODBYE, and the clean
  /// mark once nothing writes any more. A second call does nothing.
  ///
  /// @return whether every step went well
  public boolean stop() {
    if (!stopped.compareAndSet(false, true)) {
      return well;
    }
    facts.ready(false);
    work.close();
    boolean served = finish("finish the open requests", edge.close());
    boolean left = finish("leave the network", membership.leave());
    store.close();
    boolean closed = finish("stop the event loops", vertx.close());
    boolean marked = release(served && closed);
    well = served && left && closed && marked;
    return well;
  }

  /// Waits until this node was told to leave its network for good and has handed everything over;
  /// for ever, when nobody tells it.
  public void awaitHandedOver() throws InterruptedException {
    leaving.awaitHandedOver();
    // Whoever watches the node is to see that it is done.
    TimeUnit.MILLISECONDS.sleep(LAST_WORD_MILLIS);
  }

  /// Takes its provider records back, says GOODBYE, stops and removes the node's files. Cut off
  /// anywhere, the next start finishes it.
  ///
  /// @return whether every step went well
  public boolean leave() {
    boolean withdrawn = finish("withdraw its provider records", membership.withdraw());
    boolean quiet = stop() && withdrawn;
    try {
      removeFiles(DataDirectory.open(home.path()));
      return quiet;
    } catch (IOException | NodeStartException e) {
      LOG.error("this node has left, but its files cannot be removed", e);
      well = false;
      return false;
    }
  }

  static void removeFiles(DataDirectory home) throws IOException {
    StoreFiles files = new StoreFiles(home.path());
    files.remove();
    Failpoint.UNJOIN_FILES_REMOVED.hit();
    home.removeOwnFiles(Leaving.JOURNAL);
    LOG.info(
        "removed {} files; {} entries that are not this node's stay",
        files.removed(),
        files.kept());
  }

  /// @param quiet whether nothing writes to the store any more, so that the stop counts as clean
  private boolean release(boolean quiet) {
    try (home) {
      if (quiet) {
        home.markClean();
      }
      return quiet;
    } catch (IOException e) {
      LOG.warn("the clean stop could not be marked; the next start checks the young chunks", e);
      return false;
    }
  }

  private static boolean finish(String what, Future<Void> step) {
    try {
      step.await(STEP_SECONDS_MAX, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | RuntimeException e) {
      LOG.warn("could not {} in time", what, e);
      return false;
    }
  }
}
