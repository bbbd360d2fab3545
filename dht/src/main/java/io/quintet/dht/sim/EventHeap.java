package io.quintet.dht.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The future of all nodes: a binary heap ordered by (deadline, sequence), so that equal times keep
/// their order of birth.
final class EventHeap {
  private static final int CAPACITY = 1_024;

  private long[] times = new long[CAPACITY];
  private long[] sequences = new long[CAPACITY];
  private @Nullable SimEvent[] events = new SimEvent[CAPACITY];
  private int size;
  private long nextSequence;

  void add(long time, SimEvent event) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      sequences = Arrays.copyOf(sequences, 2 * size);
      events = Arrays.copyOf(events, 2 * size);
    }
    long sequence = nextSequence++;
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      move(parent, at);
      at = parent;
    }
    put(at, time, sequence, event);
  }

  /// When the first event is due; Long.MAX_VALUE when there is none.
  long firstTime() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /// Takes the first event out; null when there is none.
  @Nullable SimEvent poll() {
    if (size == 0) {
      return null;
    }
    SimEvent first = events[0];
    size--;
    long time = times[size];
    long sequence = sequences[size];
    SimEvent last = events[size];
    events[size] = null;
    if (size > 0 && last != null) {
      sink(time, sequence, last);
    }
    return first;
  }

  private void sink(long time, long sequence, SimEvent event) {
    int at = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && before(child + 1, times[child], sequences[child])) {
        child++;
      }
      if (!before(child, time, sequence)) {
        break;
      }
      move(child, at);
      at = child;
      child = 2 * at + 1;
    }
    put(at, time, sequence, event);
  }

  private boolean before(int at, long time, long sequence) {
    return times[at] < time || (times[at] == time && sequences[at] < sequence);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    sequences[to] = sequences[from];
    events[to] = events[from];
  }

  private void put(int at, long time, long sequence, SimEvent event) {
    times[at] = time;
    sequences[at] = sequence;
    events[at] = event;
  }
}
