package io.quintet.dht.net.udp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Reads datagrams, and the HELLOs of a run of a node as JSON only once: they differ in nothing but
/// their last member, `seq`. Twenty of them per second are most of what a node at rest hears.
///
/// Gives what [BeaconJson#decode] gives. Owned by one context.
final class HelloMemo {
  /// HELLOs that are remembered; then the ones that were learned first make way.
  static final int HELLOS_MAX = 1_024;

  /// Longer numbers are read as JSON.
  private static final int DIGITS_MAX = 18;

  private static final String LAST_NAME = ",\"seq\"";

  private final BeaconJson json;

  /// What was read, each by its text up to the colon after `"seq"`.
  private final SequencedMap<String, Beacon.Hello> known = new LinkedHashMap<>();

  HelloMemo(BeaconJson json) {
    this.json = json;
  }

  /// The content of a datagram, null when it is of another network or no beacon at all.
  @Nullable Beacon decode(Buffer datagram) {
    if (datagram.length() > BeaconJson.BYTES_MAX) {
      return null;
    }
    byte[] bytes = datagram.getBytes();
    int colon = colonBeforeNumber(bytes);
    if (colon < 0) {
      return json.decode(datagram);
    }
    // Latin-1 has one character for each byte: two texts are equal when their bytes are.
    String start = new String(bytes, 0, colon, StandardCharsets.ISO_8859_1);
    Beacon.Hello before = known.get(start);
    return before == null ? learn(start, json.decode(datagram)) : before.withSeq(seq(bytes, colon));
  }

  /// How many HELLOs are remembered.
  int size() {
    return known.size();
  }

  /// Where the colon is when the bytes end in a colon, a JSON integer and a brace; else negative.
  private static int colonBeforeNumber(byte[] bytes) {
    int end = bytes.length - 1;
    if (end < 2 || bytes[end] != '}') {
      return -1;
    }
    int at = end - 1;
    while (at > 0 && bytes[at] >= '0' && bytes[at] <= '9') {
      at--;
    }
    int digits = end - 1 - at;
    boolean integer = digits == 1 || (digits > 1 && bytes[at + 1] != '0');
    return bytes[at] == ':' && integer && digits <= DIGITS_MAX ? at : -1;
  }

  private static long seq(byte[] bytes, int colon) {
    long seq = 0;
    for (int at = colon + 1; bytes[at] != '}'; at++) {
      seq = 10 * seq + bytes[at] - '0';
    }
    return seq;
  }

  private @Nullable Beacon learn(String start, @Nullable Beacon read) {
    if (read instanceof Beacon.Hello hello && start.endsWith(LAST_NAME)) {
      if (known.size() >= HELLOS_MAX) {
        known.pollFirstEntry();
      }
      known.put(start, hello);
    }
    return read;
  }
}
