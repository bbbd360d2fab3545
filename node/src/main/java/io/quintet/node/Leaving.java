package io.quintet.node;

import io.quintet.node.edge.ControlCall;
import io.quintet.node.home.DataDirectory;
import io.quintet.node.service.ChunkService;
import io.quintet.node.service.PlaceKeeper;
import io.quintet.node.service.Workers;
import io.quintet.node.service.replicas.Ground;
import io.quintet.node.service.unjoin.Departure;
import io.quintet.node.service.unjoin.Surveying;
import io.quintet.node.service.unjoin.UnjoinService;
import io.quintet.node.service.unjoin.UnjoinSurvey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's way out: `POST /unjoin`, the work behind it, and what is left to do when it is over.
final class Leaving {
  /// The name of its journal in the data directory.
  static final String JOURNAL = "unjoin";

  private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

  private final Ground ground;
  private final ChunkService chunks;
  private final Workers workers;
  private final UnjoinService unjoin;
  private final CountDownLatch handedOver = new CountDownLatch(1);
  private volatile Runnable wake = () -> {};

  Leaving(PlaceKeeper journal, Ground ground, ChunkService chunks, Workers workers) {
    this.ground = ground;
    this.chunks = chunks;
    this.workers = workers;
    this.unjoin = new UnjoinService(ground, journal, chunks::uploads, handedOver::countDown);
    if (unjoin.departure().isLeaving()) {
      LOG.info("this node was leaving when it ended; it goes on");
      chunks.refuseUploads();
    }
  }

  /// Whether an earlier process handed everything over and was cut off while it removed its files.
  static boolean isUnfinished(DataDirectory home) {
    return home.loadPlace(JOURNAL).map(Departure::of).orElse(Departure.STAYING)
        == Departure.REMOVING;
  }

  /// The work; `wakeUp` ends its pause.
  UnjoinService worker(Runnable wakeUp) {
    wake = wakeUp;
    return unjoin;
  }

  /// Whether the node leaves or has left.
  boolean isLeaving() {
    return unjoin.departure() != Departure.STAYING;
  }

  /// Waits until everything is handed over, maybe for ever.
  void awaitHandedOver() throws InterruptedException {
    handedOver.await();
  }

  /// `POST /unjoin`.
  Future<ControlCall.Answer> call(JsonObject body) {
    Object force = body.getValue("force", false);
    if (!(force instanceof Boolean forced)) {
      return Future.succeededFuture(
          problem(400, "json", "malformed at $.force", "expected: true or false"));
    }
    return workers.call(() -> begin(forced));
  }

  private ControlCall.Answer begin(boolean forced) throws Exception {
    UnjoinSurvey survey = Surveying.survey(ground);
    boolean alone = survey.chunks() > 0 && survey.others() == 0;
    if (!isLeaving() && (alone || (!survey.fits() && !forced))) {
      return refusal(survey, alone);
    }
    try {
      // In this order: what was taken before is found by the first round.
      chunks.refuseUploads();
      if (!isLeaving() || forced) {
        unjoin.begin(forced);
      }
    } catch (IOException e) {
      LOG.warn("the departure cannot be written down", e);
      if (!isLeaving()) {
        chunks.acceptUploads();
      }
      return problem(500, "disk", "the disk failed", "the departure cannot be written down");
    } finally {
      wake.run();
    }
    return new ControlCall.Answer(202, figures(survey).put("unjoin", "started"));
  }

  private static ControlCall.Answer refusal(UnjoinSurvey survey, boolean alone) {
    String why =
        alone
            ? "no other node is there to take the %d chunks of this one".formatted(survey.chunks())
            : ("%d copies of %d bytes have to be made, the %d other nodes have room for %d bytes,"
                    + " and for %d chunks too few of them have room")
                .formatted(
                    survey.copies(),
                    survey.copiesBytes(),
                    survey.others(),
                    survey.freeBytes(),
                    survey.withoutPlace());
    ControlCall.Answer problem =
        problem(409, "no-room-elsewhere", "the other nodes cannot hold the replicas", why);
    figures(survey).forEach(each -> problem.json().put(each.getKey(), each.getValue()));
    return problem;
  }

  private static JsonObject figures(UnjoinSurvey survey) {
    return new JsonObject()
        .put("chunks", survey.chunks())
        .put("bytes", survey.bytes())
        .put("others", survey.others())
        .put("freeBytes", survey.freeBytes())
        .put("copies", survey.copies())
        .put("copiesBytes", survey.copiesBytes())
        .put("withoutPlace", survey.withoutPlace())
        .put("degraded", survey.degraded());
  }

  private static ControlCall.Answer problem(int status, String type, String title, String detail) {
    return new ControlCall.Answer(
        status,
        new JsonObject()
            .put("type", "urn:quintet:problem:" + type)
            .put("title", title)
            .put("status", status)
            .put("detail", title + ": " + detail));
  }
}
