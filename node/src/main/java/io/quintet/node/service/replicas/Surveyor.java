package io.quintet.node.service.replicas;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.order.HashOrder;
import io.quintet.node.peer.Peers;
import io.quintet.node.repair.Candidate;
import io.quintet.node.repair.ChunkMemory;
import io.quintet.node.repair.ChunkView;
import io.quintet.node.repair.Holder;
import io.quintet.node.store.BlobHeader;
import io.quintet.node.store.ChunkEntry;
import io.quintet.node.store.ChunkStore;
import io.quintet.node.store.StoreException;
import io.quintet.node.work.MonotonicTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// Brings together what is known about chunks: records, the watch, and what the book remembers.
final class Surveyor {
  /// In a network of up to so many nodes everybody is a candidate; beyond, the closest to the chunk
  /// are, on which all holders agree.
  private static final int SMALL_NETWORK = 20;

  /// How many candidates are asked whether they have the chunk already, before it is copied.
  private static final int CANDIDATES_ASKED = 12;

  private final Peers peers;
  private final Examiner examiner;
  private final NodeWatch watch;
  private final ReplicaBook book;
  private final ChunkStore store;
  private final MonotonicTime time;
  private final Settings settings;

  /// What it is told.
  ///
  /// @param selfPlace what this node shares with others that may fail together
  /// @param refusalMillis for how long a node that refused a chunk is not asked again
  record Settings(String selfPlace, long refusalMillis) {}

  Surveyor(NodeWatch watch, ReplicaBook book, Ground ground, Settings settings) {
    this.peers = ground.peers();
    this.examiner = new Examiner(peers);
    this.watch = watch;
    this.book = book;
    this.store = ground.store();
    this.time = ground.time();
    this.settings = settings;
  }

  /// The views of a page of chunks, by the records alone; what each node remembers of them is
  /// brought up to date.
  List<ChunkView> survey(Collection<ChunkEntry> page) throws InterruptedException, StoreException {
    Map<Key, List<Contact>> holders = recorded(page);
    List<Neighbour> around = watch.all();
    List<ChunkView> views = new ArrayList<>();
    for (ChunkEntry chunk : page) {
      views.add(view(chunk, holders.getOrDefault(chunk.id(), List.of()), around));
    }
    return views;
  }

  /// Who has each of `chunks` by the records, as [#look] wants to know; one question for many
  /// chunks costs about as much as for one.
  Map<Key, List<Contact>> recorded(Collection<ChunkEntry> chunks) throws InterruptedException {
    Map<Key, List<Contact>> holders = peers.holders(chunks.stream().map(ChunkEntry::id).toList());
    Set<Contact> named = new LinkedHashSet<>();
    holders.values().forEach(named::addAll);
    watch.meet(named);
    return holders;
  }

  /// The view of one chunk after asking everybody who counts, or could, whether it has it.
  ///
  /// @param recorded who has it by the records
  Optional<ChunkView> look(ChunkEntry chunk, List<Contact> recorded)
      throws InterruptedException, StoreException {
    Key id = chunk.id();
    ChunkView known = view(chunk, recorded, watch.all());
    Set<Key> asked = new LinkedHashSet<>();
    for (Holder holder : known.holders()) {
      asked.add(holder.node());
    }
    HashOrder.sorted(id, known.candidates(), Candidate::node).stream()
        .limit(CANDIDATES_ASKED)
        .forEach(candidate -> asked.add(candidate.node()));
    asked.remove(peers.self());
    Set<Contact> holding = new LinkedHashSet<>();
    List<Contact> contacts = new ArrayList<>();
    for (Key node : asked) {
      watch.of(node).filter(Neighbour::isPresent).ifPresent(each -> contacts.add(each.contact()));
    }
    List<Callable<Peers.Holding>> calls = new ArrayList<>();
    contacts.forEach(contact -> calls.add(() -> asks(contact, id)));
    List<Peers.Holding> answers = Together.run(calls);
    for (int i = 0; i < contacts.size(); i++) {
      Contact contact = contacts.get(i);
      switch (answers.get(i)) {
        case YES -> {
          book.holds(id, contact.id());
          holding.add(contact);
        }
        case NO -> {
          if (isHolder(known, contact.id())) {
            book.caughtWithout(id, contact.id(), time.millis());
            holding.add(contact);
          }
        }
        case SILENT -> {
          if (isHolder(known, contact.id())) {
            holding.add(contact);
          }
        }
      }
    }
    for (Holder holder : known.holders()) {
      if (holder.state() != Holder.State.PRESENT) {
        watch.of(holder.node()).ifPresent(each -> holding.add(each.contact()));
      }
    }
    return store.has(id) ? Optional.of(view(chunk, holding, around(id))) : Optional.empty();
  }

  /// Whether `node` has the chunk: its word is enough, unless it was caught without it; then it has
  /// to prove it.
  private Peers.Holding asks(Contact node, Key id) throws InterruptedException, StoreException {
    if (book.withoutSince(id, node.id()) == null) {
      return peers.has(node, id);
    }
    Optional<byte[]> blob = OwnCopy.read(store, id);
    if (blob.isEmpty()) {
      return Peers.Holding.SILENT;
    }
    return switch (examiner.examine(node, id, blob.get())) {
      case OK -> Peers.Holding.YES;
      case TIMEOUT, MISSING, WRONG -> Peers.Holding.NO;
    };
  }

  private static boolean isHolder(ChunkView view, Key node) {
    return view.holders().stream().anyMatch(each -> each.node().equals(node));
  }

  private ChunkView view(ChunkEntry chunk, Collection<Contact> named, List<Neighbour> around)
      throws StoreException {
    Key id = chunk.id();
    List<Holder> holders = new ArrayList<>();
    holders.add(new Holder(peers.self(), settings.selfPlace(), Holder.State.PRESENT, 0));
    Set<Key> nodes = new LinkedHashSet<>();
    for (Contact contact : named) {
      if (nodes.add(contact.id())) {
        watch.of(contact.id()).ifPresent(node -> holders.add(holder(id, node)));
      }
    }
    int wanted = store.replicas(id).orElse(BlobHeader.REPLICAS_DEFAULT);
    int present = (int) holders.stream().filter(Surveyor::counts).count();
    ChunkMemory memory = book.memory(id).seen(time.millis(), present, wanted);
    book.remember(id, memory);
    List<Candidate> candidates = present < wanted ? candidates(chunk, nodes, around) : List.of();
    return new ChunkView(id, wanted, peers.self(), holders, candidates, memory);
  }

  private static boolean counts(Holder holder) {
    return holder.state() == Holder.State.PRESENT;
  }

  private Holder holder(Key chunk, Neighbour node) {
    Long without = node.isPresent() ? book.withoutSince(chunk, node.contact().id()) : null;
    return without == null
        ? new Holder(node.contact().id(), node.place(), node.state(), node.sinceMillis())
        : new Holder(node.contact().id(), node.place(), Holder.State.WITHOUT, without);
  }

  private List<Candidate> candidates(ChunkEntry chunk, Set<Key> holders, List<Neighbour> around) {
    long refusedSince = time.millis() - settings.refusalMillis();
    List<Candidate> candidates = new ArrayList<>();
    for (Neighbour node : around) {
      Key id = node.contact().id();
      if (node.isPresent() && !holders.contains(id)) {
        boolean room =
            node.hasRoom(chunk.sizeBytes()) && !book.hasRefused(chunk.id(), id, refusedSince);
        candidates.add(new Candidate(id, node.place(), room));
      }
    }
    return candidates;
  }

  private List<Neighbour> around(Key chunk) throws InterruptedException {
    if (peers.members().size() <= SMALL_NETWORK) {
      return watch.all();
    }
    List<Contact> closest = peers.closest(chunk);
    watch.meet(closest);
    List<Neighbour> around = new ArrayList<>();
    closest.forEach(contact -> watch.of(contact.id()).ifPresent(around::add));
    return around;
  }
}
