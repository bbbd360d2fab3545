package io.quintet.dht.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EventWheelTest {
  @Test
  void eventsComeInTheOrderOfTimeAndBirthAsFromAHeapAlone() {
    SplittableRandom random = new SplittableRandom(15);
    EventWheel wheel = new EventWheel();
    EventHeap heap = new EventHeap();
    int born = 0;
    for (int round = 0; round < 20_000; round++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        long reach = random.nextInt(5) == 0 ? 3_000 : 300;
        long time = wheel.now() + random.nextLong(reach);
        SimEvent event = new SimEvent.Wake(born++);
        wheel.add(time, event);
        heap.add(time, event);
      }
      long until = wheel.now() + random.nextLong(40);
      while (heap.firstTime() <= until) {
        assertEquals(heap.poll(), wheel.poll(until));
      }
      assertNull(wheel.poll(until));
      assertEquals(until, wheel.now());
    }
  }

  @Test
  void anEventOfThePastIsDueNow() {
    EventWheel wheel = new EventWheel();
    assertNull(wheel.poll(100));
    SimEvent late = new SimEvent.Wake(1);
    wheel.add(5, late);
    assertEquals(late, wheel.poll(100));
  }
}
