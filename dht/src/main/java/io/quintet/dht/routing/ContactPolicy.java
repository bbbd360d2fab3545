package io.quintet.dht.routing;

import io.quintet.dht.id.Contact;

/// Who may enter a bucket beside being proven.
///
/// One host with many ids must not fill a bucket (S/Kademlia, section 3: sybil and eclipse
/// attacks).
///
/// @param contactsPerHostPerBucketMax contacts of one host in one bucket; loopback is exempt,
///   because there all nodes of a cluster on one machine live
/// @param replacementsPerBucketMax contacts that wait for a place in one bucket
public record ContactPolicy(int contactsPerHostPerBucketMax, int replacementsPerBucketMax) {
  /// Whether the share of a host applies to `contact`.
  public boolean sharesApplyTo(Contact contact) {
    return !contact.host().startsWith("127.") && !contact.host().equals("::1");
  }
}
