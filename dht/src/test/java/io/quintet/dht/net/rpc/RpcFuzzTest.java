package io.quintet.dht.net.rpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quintet.dht.engine.DhtRequest;
import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds arbitrary bodies to the readers of all calls, requests and responses. In an ordinary build
/// the seeds run once; with `JAZZER_FUZZ=1` in the environment Jazzer invents bodies.
final class RpcFuzzTest {
  private static final Key KEY = new Key(1, 2, 3, 4);
  private static final Contact NODE = new Contact(KEY, "127.0.0.1", 8_000);
  private static final List<DhtRequest> REQUESTS =
      List.of(
          new DhtRequest.Ping(),
          new DhtRequest.FindNode(KEY),
          new DhtRequest.FindValue(KEY, List.of(KEY)),
          new DhtRequest.Store(List.of(KEY)));

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anyBodyIsReadOrRefused(byte[] body) {
    Buffer buffer = Buffer.buffer(body);
    for (DhtRequest request : REQUESTS) {
      String operation = RequestJson.operation(request);
      read(buffer, each -> RequestJson.decode(operation, each, "test", 100, "127.0.0.1"));
      if (!(request instanceof DhtRequest.Ping)) {
        read(buffer, each -> ResponseJson.decode(request, each, NODE));
      }
    }
    read(buffer, Pong::of);
  }

  private static void read(Buffer body, Consumer<Buffer> reader) {
    try {
      reader.accept(body);
    } catch (BadRequestException e) {
      // Refused as it should be; every other exception fails the test.
      return;
    }
  }

  static Stream<byte[]> seeds() {
    SelfDescription self = new SelfDescription(KEY, 8_000, 1);
    Nonce nonce = new Nonce("0f".repeat(Nonce.BYTES));
    Stream<Buffer> requests =
        REQUESTS.stream().map(each -> RequestJson.encode("test", self, each, nonce));
    String contact = "{\"id\":\"" + KEY + "\",\"host\":\"127.0.0.1\",\"port\":1}";
    Stream<Buffer> responses =
        Stream.of(
                "{\"contacts\":[" + contact + "]}",
                "{\"found\":[[0]],\"providers\":[" + contact + "],\"contacts\":[]}",
                "{\"accepted\":1,\"refusal\":\"\"}",
                "{\"id\":\"" + KEY + "\",\"publicKey\":\"00\",\"signature\":\"00\",\"boot\":1}")
            .map(Buffer::buffer);
    return Stream.concat(requests, responses).map(Buffer::getBytes);
  }
}
