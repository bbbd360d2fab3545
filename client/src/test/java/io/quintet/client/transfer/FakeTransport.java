package io.quintet.client.transfer;

import io.quintet.dht.id.Contact;
import io.quintet.dht.id.Key;
import io.quintet.dht.net.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// Nodes that do what a script says. Thread-safe.
final class FakeTransport implements ChunkTransport {
  /// What a node does with one call.
  interface Script {
    byte[] answer() throws InterruptedException;
  }

  static final byte[] BLOB = "a blob".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private final Map<Integer, List<Script>> scripts = new TreeMap<>();
  private final List<Integer> calls = new ArrayList<>();
  private final List<Contact> keeping = new ArrayList<>();

  static Contact node(int number) {
    return new Contact(new Key(number, 0, 0, 0), "192.0.2." + number, 8000 + number);
  }

  static Script ok() {
    return BLOB::clone;
  }

  static Script fail(int number, PeerException.Kind kind) {
    return () -> {
      throw new PeerException(node(number), kind, 0, "scripted " + kind);
    };
  }

  static Script stuck(CountDownLatch until) {
    return () -> {
      until.await();
      return BLOB.clone();
    };
  }

  /// The node's next calls are answered so; the last answer is repeated.
  FakeTransport script(int number, Script... answers) {
    scripts.put(number, new ArrayList<>(List.of(answers)));
    return this;
  }

  /// The numbers of the nodes that were called, in order.
  synchronized List<Integer> calls() {
    return List.copyOf(calls);
  }

  /// The nodes that shall keep in memory what they were given, in the order of the calls.
  synchronized List<Contact> keeping() {
    return List.copyOf(keeping);
  }

  private byte[] call(Contact node) throws InterruptedException {
    return next(node.port() - 8000).answer();
  }

  private synchronized void keep(Contact node) {
    keeping.add(node);
  }

  private synchronized Script next(int number) {
    calls.add(number);
    List<Script> answers = scripts.getOrDefault(number, List.of(ok()));
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  @Override
  public void put(Contact node, Key id, byte[] blob, boolean uncached) throws InterruptedException {
    if (!uncached) {
      keep(node);
    }
    call(node);
  }

  @Override
  public byte[] get(Contact node, Key id) throws InterruptedException {
    return call(node);
  }

  @Override
  public boolean has(Contact node, Key id) throws InterruptedException {
    return call(node).length > 0;
  }
}
