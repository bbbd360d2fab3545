package io.quintet.dht.routing;

import io.quintet.dht.id.Contact;

/// What [RoutingTable#observe] did.
public sealed interface TableChange {
  /// The contact is new and has a place.
  record Added() implements TableChange {}

  /// The contact was there and is alive.
  record Refreshed() implements TableChange {}

  /// The contact was there and runs for another time since: what it held in memory is gone.
  record Restarted() implements TableChange {}

  /// The id was there at another address, which is forgotten.
  record Replaced(Contact previous) implements TableChange {}

  /// The bucket has no place; the contact waits in the replacement cache until `oldest`, the least
  /// recently seen of the bucket, or another fails a ping.
  record Full(Contact oldest) implements TableChange {}

  /// The contact may not enter.
  record Rejected(Reason reason) implements TableChange {}

  /// Why a contact may not enter.
  enum Reason {
    /// It has the owner's id.
    SELF,
    /// The bucket holds as many contacts of this host as one host may have there.
    HOST_SHARE
  }
}
