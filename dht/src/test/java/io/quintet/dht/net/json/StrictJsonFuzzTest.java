package io.quintet.dht.net.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds arbitrary bytes to the reader of strangers' documents. In an ordinary build the seeds run
/// once; with `JAZZER_FUZZ=1` in the environment Jazzer invents inputs.
final class StrictJsonFuzzTest {
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anyBytesAreRefusedCleanlyOrAreAnObject(byte[] text) {
    Map<String, ?> read;
    try {
      read = StrictJson.object(Buffer.buffer(text));
    } catch (BadRequestException e) {
      return;
    }
    Assertions.assertTrue(read.size() <= text.length);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"type\":\"HELLO\",\"port\":8000,\"net\":\"quintet\",\"boot\":3,\"seq\":17}",
            "{\"found\":[{\"key\":\"00\",\"providers\":[{\"id\":\"ab\",\"port\":1}]}]}",
            "{\"a\":[1,2.5,-1e9,true,false,null,\"\\u00e4\\\\\"]}",
            "{\"a\":1,\"a\":2}")
        .map(text -> Buffer.buffer(text).getBytes());
  }
}
