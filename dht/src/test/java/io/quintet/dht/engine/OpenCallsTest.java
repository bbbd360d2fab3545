package io.quintet.dht.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenCallsTest {
  private final Contact contact = Contacts.random(new SplittableRandom(6));
  private final OpenCalls.Owner owner = new OpenCalls.Owner.OfPing();
  private final OpenCalls calls = new OpenCalls();

  @Test
  void aCallEndsOnceByItsAnswerOrItsDeadline() {
    OpenCalls.Call answered = calls.add(0, contact, 100, owner);
    OpenCalls.Call silent = calls.add(0, contact, 200, owner);
    assertNotEquals(answered.rpcId(), silent.rpcId());
    assertEquals(answered, calls.end(answered.rpcId()));
    assertNull(calls.end(answered.rpcId()), "the answer came twice");
    assertNull(calls.expired(199));
    assertEquals(silent, calls.expired(200));
    assertNull(calls.expired(10_000));
    assertNull(calls.end(silent.rpcId()), "the answer came late");
  }

  @Test
  void theNextDeadlineIsThatOfTheCallsThatAreOpen() {
    assertEquals(Long.MAX_VALUE, calls.nextDeadline());
    OpenCalls.Call first = calls.add(0, contact, 50, owner);
    for (int i = 0; i < 20; i++) {
      calls.add(0, contact, 1_000 + i, owner);
    }
    assertEquals(50, calls.nextDeadline());
    calls.end(first.rpcId());
    assertEquals(1_000, calls.nextDeadline());
    assertNull(calls.end(-1));
  }
}
