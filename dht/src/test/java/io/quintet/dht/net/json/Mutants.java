package io.quintet.dht.net.json;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// Small damages of a document, all of them: every length, every byte left out, and every byte
/// written over or pushed aside by one that means something in JSON.
public final class Mutants {
  private static final byte[] MEANINGFUL =
      Buffer.buffer("{}[]\",:\\ 0-+e.tn\n\u0000\u007f").appendByte((byte) 0xff).getBytes();

  private Mutants() {}

  /// Gives every mutant of `whole` to `reader`.
  public static void each(Buffer whole, Consumer<Buffer> reader) {
    byte[] bytes = whole.getBytes();
    for (int at = 0; at < bytes.length; at++) {
      reader.accept(Buffer.buffer(Arrays.copyOf(bytes, at)));
      reader.accept(whole.getBuffer(0, at).appendBuffer(whole.getBuffer(at + 1, bytes.length)));
      for (byte other : MEANINGFUL) {
        byte[] mutant = bytes.clone();
        mutant[at] = other;
        reader.accept(Buffer.buffer(mutant));
        reader.accept(
            whole
                .getBuffer(0, at)
                .appendByte(other)
                .appendBuffer(whole.getBuffer(at, bytes.length)));
      }
    }
  }
}
