package io.quintet.dht.records;

import static io.quintet.dht.records.ProviderRecords.Outcome.KEPT;
import static io.quintet.dht.records.ProviderRecords.Outcome.KEY_FULL;
import static io.quintet.dht.records.ProviderRecords.Outcome.PROVIDER_FULL;
import static io.quintet.dht.records.ProviderRecords.Outcome.TABLE_FULL;
import static io.quintet.dht.records.ProviderRecords.Outcome.WITHDRAWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Contacts;
import io.quintet.dht.id.Key;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProviderRecordsTest {
  private static final long TTL = 60_000;

  private final SplittableRandom random = new SplittableRandom(13);

  @Test
  void aRecordLivesForItsTimeAndIsRenewedByBeingPutAgain() {
    ProviderRecords records = records(32, 100, 100);
    Key key = Key.random(random);
    Contact provider = Contacts.random(random);
    assertEquals(KEPT, records.put(0, key, provider));
    assertEquals(List.of(provider), records.providers(TTL - 1, key));
    assertEquals(List.of(), records.providers(TTL, key));
    assertEquals(KEPT, records.put(TTL, key, provider));
    assertEquals(List.of(provider), records.providers(TTL, key));
    assertEquals(1, records.size());
    sweep(records, 3 * TTL);
    assertEquals(0, records.size());
  }

  @Test
  void everythingIsBounded() {
    ProviderRecords records = records(2, 3, 5);
    List<Contact> providers = Contacts.random(random, 4);
    Key popular = Key.random(random);
    assertEquals(KEPT, records.put(0, popular, providers.get(0)));
    assertEquals(KEPT, records.put(0, popular, providers.get(1)));
    assertEquals(KEY_FULL, records.put(0, popular, providers.get(2)));
    assertEquals(KEPT, records.put(0, Key.random(random), providers.get(0)));
    assertEquals(KEPT, records.put(0, Key.random(random), providers.get(0)));
    assertEquals(PROVIDER_FULL, records.put(0, Key.random(random), providers.get(0)));
    assertEquals(KEPT, records.put(0, Key.random(random), providers.get(3)));
    assertEquals(TABLE_FULL, records.put(0, Key.random(random), providers.get(3)));
    assertEquals(KEPT, records.put(0, popular, providers.get(0)), "renewing is always possible");
    sweep(records, 2 * TTL);
    assertEquals(KEPT, records.put(2 * TTL, Key.random(random), providers.get(0)));
  }

  @Test
  void whatAProviderWithdrewIsToldNoMoreAndTakenAgainOnlyWhenItHasExpired() {
    ProviderRecords records = records(32, 100, 100);
    Key key = Key.random(random);
    Contact gone = Contacts.random(random);
    Contact other = Contacts.random(random);
    records.put(0, key, gone);
    records.put(0, key, other);
    records.withdraw(Key.random(random));
    records.withdraw(gone.id());
    assertEquals(List.of(other), records.providers(0, key));
    assertEquals(WITHDRAWN, records.put(0, key, gone), "a call that was under way");
    assertEquals(WITHDRAWN, records.put(0, Key.random(random), gone));
    assertEquals(List.of(other), records.providers(0, key));
    sweep(records, 2 * TTL);
    assertEquals(KEPT, records.put(2 * TTL, key, gone));
    assertEquals(List.of(gone), records.providers(2 * TTL, key));
  }

  @Test
  void aProviderThatMovedIsAtItsNewAddressInAllItsRecords() {
    ProviderRecords records = records(32, 100, 100);
    Key first = Key.random(random);
    Key second = Key.random(random);
    Contact old = Contacts.random(random);
    Contact moved = new Contact(old.id(), "10.7.7.7", 7);
    records.put(0, first, old);
    records.put(0, second, moved);
    assertEquals(List.of(moved), records.providers(0, first));
    assertEquals(2, records.size());
  }

  @Test
  void randomOperationsAgreeWithASimpleModel() {
    long seed = 99;
    SplittableRandom draws = new SplittableRandom(seed);
    ProviderRecords records = records(1_000, 100_000, 100_000);
    List<Contact> providers = Contacts.random(draws, 20);
    Map<Key, Map<Contact, Long>> model = new LinkedHashMap<>();
    Key[] keys = new Key[300];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Key.random(draws);
    }
    for (int step = 0; step < 30_000; step++) {
      long now = step * 100L;
      Key key = keys[draws.nextInt(keys.length)];
      if (draws.nextInt(3) > 0) {
        Contact provider = providers.get(draws.nextInt(providers.size()));
        assertEquals(KEPT, records.put(now, key, provider));
        long expiry = now / 1_000 * 1_000 + TTL;
        model.computeIfAbsent(key, each -> new LinkedHashMap<>()).put(provider, expiry);
      } else {
        records.expire(now, draws.nextInt(40));
      }
      Set<Contact> expected = new LinkedHashSet<>();
      model
          .getOrDefault(key, Map.of())
          .forEach((provider, expiry) -> {
            if (expiry > now) {
              expected.add(provider);
            }
          });
      assertEquals(
          expected, new LinkedHashSet<>(records.providers(now, key)), "seed 99, step " + step);
    }
    sweep(records, 30_000L * 100 + 2 * TTL);
    assertEquals(0, records.size());
  }

  @Test
  void aMillionRecordsFitBesideEverythingElseOfANode() {
    ProviderRecords records = records(32, 250_000, 1_000_000);
    List<Contact> providers = Contacts.random(random, 50);
    for (int i = 0; i < 200_000; i++) {
      Key key = Key.random(random);
      for (int each = 0; each < 5; each++) {
        assertEquals(KEPT, records.put(0, key, providers.get((i + each) % 50)));
      }
    }
    assertEquals(1_000_000, records.size());
    assertTrue(records.bytes() < 40_000_000, records.bytes() + " bytes");
  }

  private ProviderRecords records(int perKey, int perProvider, int inAll) {
    return new ProviderRecords(new ProviderRecords.Limits(TTL, perKey, perProvider, inAll), 1);
  }

  private static void sweep(ProviderRecords records, long now) {
    for (int i = 0; i < 4; i++) {
      records.expire(now, Integer.MAX_VALUE);
    }
  }
}
