package io.quintet.dht.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The near future of all nodes: one queue per millisecond, in a ring; what is farther away waits
/// in an [EventHeap].
///
/// Messages arrive within milliseconds, so nearly every event goes in and out without a comparison.
/// The order is that of (time, birth), as in a heap alone: whatever waits in the heap for a
/// millisecond was born before everything in its queue, since a time only ever comes nearer.
final class EventWheel {
  /// A power of two; longer than any delay of a message.
  private static final int SLOTS = 256;

  /// The events of one millisecond.
  private static final class Slot {
    @Nullable SimEvent[] events = new SimEvent[64];
    int taken;
    int size;

    void add(SimEvent event) {
      if (size == events.length) {
        events = Arrays.copyOf(events, 2 * size);
      }
      events[size++] = event;
    }

    @Nullable SimEvent poll() {
      if (taken == size) {
        return null;
      }
      SimEvent event = events[taken];
      events[taken++] = null;
      if (taken == size) {
        taken = 0;
        size = 0;
      }
      return event;
    }
  }

  private final Slot[] slots = new Slot[SLOTS];
  private final EventHeap far = new EventHeap();
  private long now;
  private int near;

  EventWheel() {
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /// Adds an event; a time in the past counts as the present.
  void add(long time, SimEvent event) {
    long due = Math.max(time, now);
    if (due - now < SLOTS) {
      slot(due).add(event);
      near++;
    } else {
      far.add(due, event);
    }
  }

  /// Takes out the first event that is due until `time`, and makes its time the present; null when
  /// there is none, and `time` is the present.
  @Nullable SimEvent poll(long time) {
    while (now <= time) {
      if (far.firstTime() <= now) {
        return far.poll();
      }
      SimEvent event = near == 0 ? null : slot(now).poll();
      if (event != null) {
        near--;
        return event;
      }
      if (now == time) {
        return null;
      }
      now = near == 0 ? Math.min(time, far.firstTime()) : now + 1;
    }
    return null;
  }

  /// The time of the last event, or until which there is none.
  long now() {
    return now;
  }

  private Slot slot(long time) {
    return slots[(int) time & (SLOTS - 1)];
  }
}
