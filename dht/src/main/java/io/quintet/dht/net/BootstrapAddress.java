package io.quintet.dht.net;

import io.quintet.dht.id.Contact;
import io.quintet.dht.net.rpc.DhtRpcClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One `host:port` that somebody said is a node, and what it answered. Belongs to one context.
final class BootstrapAddress {
  private static final Duration TIMEOUT = Duration.ofMillis(1_500);
  private static final int ADDRESSES_MAX = 16;
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapAddress.class);

  private final String text;
  private final HostPort address;
  private boolean asking;
  private boolean answered;
  private String said = "";

  BootstrapAddress(String text) {
    this.text = text;
    this.address = HostPort.parse(text);
  }

  /// Whether an answer is waited for.
  boolean isAsking() {
    return asking;
  }

  /// Whether a node answered.
  boolean hasAnswered() {
    return answered;
  }

  /// One line for people.
  String report() {
    return "bootstrap " + text + ": " + (said.isEmpty() ? "not asked yet" : said);
  }

  /// Asks all addresses of the name who they are, unless it is still asking.
  ///
  /// @param found gets each node that proves itself
  void ask(EngineLoop loop, DhtRpcClient rpc, Consumer<Contact> found) {
    if (asking) {
      return;
    }
    asking = true;
    if (said.isEmpty()) {
      said = "the name is not resolved: no name server has answered yet";
    }
    resolved(loop)
        .compose(hosts -> {
          if (!answered) {
            said = "no answer yet";
          }
          return loop.onLoop(askAll(loop, rpc, hosts, found));
        })
        .onComplete(done -> {
          asking = false;
          if (done.failed() && !answered) {
            said = reason(done.cause());
          }
        });
  }

  /// A name server may take longer than the process lives, and nobody should wait for it then.
  private Future<List<String>> resolved(EngineLoop loop) {
    Promise<List<String>> hosts = Promise.promise();
    Thread.startVirtualThread(() -> {
      Future<List<String>> answer;
      try {
        answer = Future.succeededFuture(resolve());
      } catch (UnknownHostException e) {
        answer = Future.failedFuture(e);
      }
      Future<List<String>> known = answer;
      try {
        loop.context().runOnContext(hop -> hosts.handle(known));
      } catch (RejectedExecutionException e) {
        LOG.debug("{} was resolved when nobody needed it any more", address.host(), e);
      }
    });
    return hosts.future();
  }

  private List<String> resolve() throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(address.host()))
        .map(InetAddress::getHostAddress)
        .filter(LiteralAddress::isUnicast)
        .limit(ADDRESSES_MAX)
        .toList();
  }

  private Future<?> askAll(
      EngineLoop loop, DhtRpcClient rpc, List<String> hosts, Consumer<Contact> found) {
    List<Future<Contact>> calls =
        hosts.stream()
            .map(host ->
                loop.onLoop(rpc.identify(host, address.port(), TIMEOUT))
                    .onSuccess(contact -> proven(contact, found)))
            .toList();
    return calls.isEmpty()
        ? Future.failedFuture("the name has no address that can be called")
        : Future.any(calls);
  }

  private void proven(Contact contact, Consumer<Contact> found) {
    answered = true;
    said = "node " + contact.id().toString().substring(0, 12) + " answered";
    found.accept(contact);
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return switch (cause) {
      case UnknownHostException _ -> "the name does not resolve";
      case PeerException _ -> message == null ? "no answer" : message;
      default -> Shown.of(message == null ? cause.getClass().getSimpleName() : message, 200);
    };
  }
}
