package io.quintet.dht.net.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damages documents in every small way: whatever comes of it, it is an object or a clean refusal.
final class StrictJsonMutationTest {
  private static final byte[] WRITTEN_OVER =
      Buffer.buffer("{}[]\",:\\ 0-+e.tn\n\u0000\u007f").appendByte((byte) 0xff).getBytes();

  private static final List<String> DOCUMENTS =
      List.of(
          "{\"type\":\"HELLO\",\"port\":8000,\"net\":\"quintet\",\"boot\":3,\"seq\":17}",
          "{\"net\":\"q\",\"keys\":[\"00ff\",\"\\u00e4\"],\"from\":{\"id\":\"a\",\"port\":80}}",
          "{\"a\":[1,2.5,-1e9,true,false,null,{}]}");

  private int accepted;
  private int refused;

  @Test
  void everyMutantIsAnObjectOrACleanRefusal() {
    for (String document : DOCUMENTS) {
      byte[] whole = Buffer.buffer(document).getBytes();
      for (int at = 0; at < whole.length; at++) {
        read(Arrays.copyOf(whole, at));
        read(without(whole, at));
        for (byte over : WRITTEN_OVER) {
          byte[] mutant = whole.clone();
          mutant[at] = over;
          read(mutant);
          read(inserted(whole, at, over));
        }
      }
    }
    assertTrue(accepted > 100, accepted + " mutants were accepted");
    assertTrue(refused > 1_000, refused + " mutants were refused");
  }

  private void read(byte[] mutant) {
    try {
      StrictJson.object(Buffer.buffer(mutant));
      accepted++;
    } catch (BadRequestException e) {
      refused++;
    }
  }

  private static byte[] without(byte[] whole, int at) {
    byte[] mutant = Arrays.copyOf(whole, whole.length - 1);
    System.arraycopy(whole, at + 1, mutant, at, whole.length - at - 1);
    return mutant;
  }

  private static byte[] inserted(byte[] whole, int at, byte more) {
    byte[] mutant = Arrays.copyOf(whole, whole.length + 1);
    System.arraycopy(whole, at, mutant, at + 1, whole.length - at);
    mutant[at] = more;
    return mutant;
  }
}
