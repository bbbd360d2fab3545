package io.quintet.dht.net.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {
  @Test
  void valuesKeepTheirTypes() {
    assertEquals(
        Map.of("a", 1L, "b", "t\u00e4xt", "c", List.of(true, 1.5), "d", Map.of()),
        read("{\"a\":1,\"b\":\"t\u00e4xt\",\"c\":[true,1.5],\"d\":{}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"a\"",
        "[]",
        "{",
        "}",
        "{} {}",
        "{}x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":1,\"a\":1}",
        "{\"b\":{\"a\":1,\"\\u0061\":1}}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":1e400}",
        "{\"a\":-1e400}",
        "{\"a\":9223372036854775808}",
        "{\"a\":123456789012345678901234567890}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x1}",
        "{\"a\":-}",
        "{\"a\":tru}",
        "{\"a\":TRUE}",
        "{\"a\":undefined}",
        "{\"a\":1}//x",
        "/**/{\"a\":1}",
        "#\n{}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\u0000\"}",
        "\ufeff{}",
        "{}\u0000",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\ud800\":1}"
      })
  void whatIsNotOneStrictObjectIsRefused(String text) {
    refused(Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "c080", "c0af", "eda080", "f8888080", "e282", "80", "f5808080"})
  void whatIsNotUtf8IsRefused(String hex) {
    Buffer text = Buffer.buffer("{\"a\":\"");
    refused(text.appendBytes(HexFormat.of().parseHex(hex)).appendString("\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void anotherEncodingIsRefused(String charset) {
    refused(Buffer.buffer("{\"a\":1}".getBytes(Charset.forName(charset))));
  }

  @Test
  void whatIsTooDeepTooLongOrTooManyIsRefused() {
    assertEquals(1, read("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}").size());
    refused(Buffer.buffer("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"));
    refused(Buffer.buffer("{\"a\":" + "[".repeat(100_000)));
    refused(Buffer.buffer("{\"a\":".repeat(100_000)));
    refused(Buffer.buffer("{\"" + "a".repeat(1_000) + "\":1}"));
    refused(Buffer.buffer("{\"a\":\"" + "a".repeat(100_000) + "\"}"));
    refused(Buffer.buffer("{\"a\":" + "1".repeat(100_000) + "}"));
    refused(Buffer.buffer("{\"a\":0." + "1".repeat(100_000) + "}"));
  }

  private static Map<String, ?> read(String text) {
    return StrictJson.object(Buffer.buffer(text));
  }

  private static void refused(Buffer text) {
    BadRequestException e =
        assertThrows(BadRequestException.class, () -> StrictJson.object(text), text.toString());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.length() < 300, message);
    assertTrue(message.chars().allMatch(c -> c >= 0x20 && c < 0x7f), message);
  }
}
