package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.proof.PossessionProof;
import io.quintet.node.peer.PeerFacts;
import io.quintet.node.peer.Peers;
import io.quintet.node.store.ChunkContent;
import io.quintet.node.store.ChunkWriter;
import io.quintet.node.store.MemoryChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.MonotonicTime;
import io.quintet.node.work.Step;
import io.quintet.node.work.WorkRunner;
import io.quintet.node.work.Worker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One node of a [Village]: real services over a store in memory and direct calls.
final class House implements Peers {
  /// How a house answers questions about chunks that it claims.
  enum Manner {
    /// As it should.
    HONEST,
    /// It says that it has everything, and makes proofs up.
    PRETENDS,
    /// It sends the first proof that it ever saw.
    REPLAYS,
    /// It has others make its proofs.
    RELAYS,
    /// Its copies have rotted.
    ROTTEN
  }

  final Contact contact;
  final MemoryChunkStore store = new MemoryChunkStore(Long.MAX_VALUE);
  final ReplicaUpkeep upkeep;
  final AtomicInteger questions = new AtomicInteger();
  final AtomicInteger lookups = new AtomicInteger();
  final AtomicInteger rechecks = new AtomicInteger();
  volatile Duration lookupTime = Duration.ZERO;
  volatile Manner manner = Manner.HONEST;
  volatile boolean up = true;
  volatile boolean leaving;
  volatile boolean full;
  volatile boolean partOfTheWorld = true;
  private final Village village;
  private byte @Nullable [] firstProof;

  House(Village village, int number, UpkeepSettings settings) {
    this.village = village;
    this.contact = new Contact(new Key(number, number, 0, 1), "127.0.0.1", 8_000 + number);
    MonotonicTime time = village.time;
    this.upkeep =
        new ReplicaUpkeep(new Ground(this, store, time), settings, "", new WorkRunner(time, 1));
  }

  /// Lets every worker do what is due.
  void work() throws Exception {
    for (Worker worker : upkeep.workers()) {
      for (int i = 0; i < 2_000; i++) {
        if (!(worker.step() instanceof Step.Busy)) {
          break;
        }
      }
    }
  }

  Worker worker(String name) {
    return upkeep.workers().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void store(Key chunk, byte[] blob) {
    try (ChunkWriter writer = store.begin(chunk, blob.length, false)) {
      writer.write(List.of(ByteBuffer.wrap(blob)));
      writer.commit();
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
    village.claim(chunk, this);
  }

  byte[] blob(Key chunk) {
    ChunkContent.InMemory content = (ChunkContent.InMemory) store.open(chunk).orElseThrow();
    return content.bytes();
  }

  @Override
  public Key self() {
    return contact.id();
  }

  private Optional<House> reach(Contact node) {
    return village.houses.stream()
        .filter(each -> each.contact.equals(node) && each.up)
        .filter(each -> each.partOfTheWorld == partOfTheWorld)
        .findFirst();
  }

  @Override
  public Collection<Contact> members() {
    return village.houses.stream()
        .filter(each -> each != this)
        .map(each -> each.contact)
        .filter(each -> reach(each).isPresent())
        .toList();
  }

  @Override
  public List<Contact> closest(Key target) {
    return List.copyOf(members());
  }

  @Override
  public Map<Key, List<Contact>> holders(Collection<Key> chunks) {
    lookups.incrementAndGet();
    village.time.sleep(lookupTime);
    Map<Key, List<Contact>> holders = new LinkedHashMap<>();
    chunks.forEach(chunk -> holders.put(chunk, village.claimants(chunk, this)));
    return holders;
  }

  @Override
  public Optional<PeerFacts> facts(Contact node) {
    return reach(node)
        .map(each -> {
          each.questions.incrementAndGet();
          return new PeerFacts(each.full ? 0 : 1L << 40, true, each.leaving, Map.of());
        });
  }

  @Override
  public Holding has(Contact node, Key chunk) {
    return reach(node)
        .map(each -> each.claims(chunk) ? Holding.YES : Holding.NO)
        .orElse(Holding.SILENT);
  }

  private boolean claims(Key chunk) {
    return manner == Manner.PRETENDS || store.has(chunk);
  }

  @Override
  public ProofAnswer prove(Contact node, Key chunk, byte[] nonce, boolean recheck) {
    Optional<House> house = reach(node);
    return house.isEmpty()
        ? new ProofAnswer.Silent()
        : house.get().answer(chunk, nonce, self(), recheck);
  }

  private synchronized ProofAnswer answer(Key chunk, byte[] nonce, Key verifier, boolean recheck) {
    if (recheck) {
      rechecks.incrementAndGet();
    }
    if (!claims(chunk)) {
      return new ProofAnswer.Absent();
    }
    return switch (manner) {
      case HONEST -> new ProofAnswer.Given(proof(self(), chunk, nonce, verifier));
      case PRETENDS -> new ProofAnswer.Given(nonce.clone());
      case REPLAYS -> {
        if (firstProof == null) {
          firstProof = proof(self(), chunk, nonce, verifier);
        }
        yield new ProofAnswer.Given(firstProof);
      }
      case RELAYS -> {
        House other = village.honestHolder(chunk, this);
        yield new ProofAnswer.Given(other.proof(other.self(), chunk, nonce, verifier));
      }
      case ROTTEN -> {
        if (recheck) {
          store.delete(chunk);
          yield new ProofAnswer.Absent();
        }
        byte[] rotten = blob(chunk).clone();
        rotten[0] ^= 1;
        yield new ProofAnswer.Given(PossessionProof.of(nonce, self(), verifier, rotten));
      }
    };
  }

  private byte[] proof(Key prover, Key chunk, byte[] nonce, Key verifier) {
    return PossessionProof.of(nonce, prover, verifier, blob(chunk));
  }

  @Override
  public PutAnswer put(Contact node, Key chunk, byte[] blob) {
    Optional<House> house = reach(node);
    if (house.isEmpty()) {
      return PutAnswer.SILENT;
    }
    if (house.get().full) {
      return PutAnswer.NO_ROOM;
    }
    boolean present = house.get().store.has(chunk);
    house.get().store(chunk, blob.clone());
    return present ? PutAnswer.PRESENT : PutAnswer.STORED;
  }

  @Override
  public FetchAnswer fetch(Contact node, Key chunk) {
    return new FetchAnswer.Silent();
  }

  @Override
  public void unprovide(Collection<Key> chunks) {
    chunks.forEach(chunk -> village.unclaim(chunk, this));
  }
}
