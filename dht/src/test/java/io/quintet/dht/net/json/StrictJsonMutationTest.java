package io.quintet.dht.net.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.net.BadRequestException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Damages documents in every small way: whatever comes of it, it is an object or a clean refusal.
final class StrictJsonMutationTest {
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
      Mutants.each(Buffer.buffer(document), this::read);
    }
    assertTrue(accepted > 100, accepted + " mutants were accepted");
    assertTrue(refused > 1_000, refused + " mutants were refused");
  }

  private void read(Buffer mutant) {
    try {
      StrictJson.object(mutant);
      accepted++;
    } catch (BadRequestException e) {
      refused++;
    }
  }
}
