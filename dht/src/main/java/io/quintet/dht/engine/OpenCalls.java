package io.quintet.dht.engine;

import io.quintet.dht.id.Contact;
import io.quintet.dht.upkeep.StoreBatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// The calls that the engine made and that are not over, each with who waits for it and until when.
///
/// A call ends once: by its answer, its failure or its deadline, whichever is first. What comes for
/// an unknown number is late or invented, and is nobody's.
final class OpenCalls {
  /// Who waits for a call.
  sealed interface Owner {
    /// A lookup.
    record OfLookup(LookupJob job) implements Owner {}

    /// A proof of the called contact.
    record OfPing() implements Owner {}

    /// The announcement of own keys.
    record OfStore(StoreBatch batch) implements Owner {}
  }

  /// A call that is not over.
  static final class Call implements Comparable<Call> {
    final long rpcId;
    final Contact to;
    final long madeAt;
    final long deadline;
    final Owner owner;
    boolean over;

    Call(long rpcId, Contact to, long madeAt, long deadline, Owner owner) {
      this.rpcId = rpcId;
      this.to = to;
      this.madeAt = madeAt;
      this.deadline = deadline;
      this.owner = owner;
    }

    @Override
    public int compareTo(Call other) {
      int order = Long.compare(deadline, other.deadline);
      return order != 0 ? order : Long.compare(rpcId, other.rpcId);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(rpcId);
    }
  }

  private final Map<Long, Call> open = new LinkedHashMap<>(4);
  private final PriorityQueue<Call> byDeadline = new PriorityQueue<>(4);
  private long lastId;

  Call add(long now, Contact to, long timeoutMillis, Owner owner) {
    Call call = new Call(++lastId, to, now, now + timeoutMillis, owner);
    open.put(call.rpcId, call);
    byDeadline.add(call);
    return call;
  }

  /// Ends the call with this number; null when there is none.
  @Nullable Call end(long rpcId) {
    Call call = open.remove(rpcId);
    if (call != null) {
      call.over = true;
      dropOver();
    }
    return call;
  }

  /// Ends the next call whose deadline has passed; null when there is none.
  @Nullable Call expired(long now) {
    Call first = byDeadline.peek();
    return first == null || first.deadline > now ? null : end(first.rpcId);
  }

  long nextDeadline() {
    Call first = byDeadline.peek();
    return first == null ? Long.MAX_VALUE : first.deadline;
  }

  private void dropOver() {
    Call first = byDeadline.peek();
    while (first != null && first.over) {
      byDeadline.remove();
      first = byDeadline.peek();
    }
  }
}
