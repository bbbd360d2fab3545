package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.upkeep.StoreBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The calls that the engine made and that are not over, each with who waits for it and until when.
///
/// A call ends once: by its answer, its failure or its deadline, whichever is first. What comes for
/// an unknown number is late or invented, and is nobody's.
final class OpenCalls {
  // Implementation: a handful of calls is open at a time, some hundreds at most, so they lie side
  // by side in the order of their numbers: found by halving, and their deadlines read in one go.

  /// Who waits for a call.
  sealed interface Owner {
    /// A lookup.
    record OfLookup(LookupJob job) implements Owner {}

    /// A lookup that wants a proof of the called contact before it asks it.
    record OfLookupProof(LookupJob job) implements Owner {}

    /// A proof of the called contact.
    record OfPing() implements Owner {}

    /// The announcement of own keys.
    record OfStore(StoreBatch batch) implements Owner {}
  }

  /// A call that is not over.
  record Call(long rpcId, Contact to, long madeAt, Owner owner) {}

  private @Nullable Call[] calls = new Call[4];
  private long[] ids = new long[4];
  private long[] deadlines = new long[4];
  private int size;
  private long earliest = Long.MAX_VALUE;
  private long lastId;

  Call add(long now, Contact to, long timeoutMillis, Owner owner) {
    if (size == ids.length) {
      calls = Arrays.copyOf(calls, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
      deadlines = Arrays.copyOf(deadlines, 2 * size);
    }
    Call call = new Call(++lastId, to, now, owner);
    calls[size] = call;
    ids[size] = call.rpcId;
    deadlines[size] = now + timeoutMillis;
    earliest = Math.min(earliest, deadlines[size]);
    size++;
    return call;
  }

  /// Ends the call with this number; null when there is none.
  @Nullable Call end(long rpcId) {
    int at = Arrays.binarySearch(ids, 0, size, rpcId);
    return at < 0 ? null : remove(at);
  }

  /// Ends the next call whose deadline has passed; null when there is none.
  @Nullable Call expired(long now) {
    if (earliest > now) {
      return null;
    }
    for (int i = 0; i < size; i++) {
      if (deadlines[i] == earliest) {
        return remove(i);
      }
    }
    return null;
  }

  long nextDeadline() {
    return earliest;
  }

  private @Nullable Call remove(int at) {
    Call call = calls[at];
    long deadline = deadlines[at];
    int moved = size - at - 1;
    System.arraycopy(calls, at + 1, calls, at, moved);
    System.arraycopy(ids, at + 1, ids, at, moved);
    System.arraycopy(deadlines, at + 1, deadlines, at, moved);
    size--;
    calls[size] = null;
    if (deadline == earliest) {
      earliest = Long.MAX_VALUE;
      for (int i = 0; i < size; i++) {
        earliest = Math.min(earliest, deadlines[i]);
      }
    }
    return call;
  }
}
