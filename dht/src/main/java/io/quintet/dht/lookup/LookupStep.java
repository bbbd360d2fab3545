package io.quintet.dht.lookup;

import io.quintet.dht.id.Contact;
import java.util.List;

/// What an [IterativeLookup] wants.
public sealed interface LookupStep {
  /// Ask `to` now, then come back for the next step.
  record Ask(Contact to) implements LookupStep {}

  /// Let `to` prove its id now, then come back for the next step.
  record Prove(Contact to) implements LookupStep {}

  /// Nothing before an event, or `untilMillis`, whichever is first.
  record Wait(long untilMillis) implements LookupStep {}

  /// The lookup is over.
  ///
  /// @param closest the responsive nodes closest to the target, nearest first, at most k
  /// @param coveredBits all responsive nodes that share at least so many leading bits with the
  ///   target are among `closest`, as far as those that answered know
  /// @param asked how many calls were made
  /// @param hops the longest chain of referrals that led to one of `closest`
  record Finished(List<Contact> closest, int coveredBits, int asked, int hops)
      implements LookupStep {}
}
