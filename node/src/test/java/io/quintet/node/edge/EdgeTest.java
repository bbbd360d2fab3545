package io.quintet.node.edge;

import io.quintet.node.RunningNode;
import io.quintet.node.TestNodes;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One real node on loopback for all tests of a class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeTest {
  Path dir = Path.of("");
  RunningNode node;
  String url = "";

  @BeforeAll
  void startNode(@TempDir Path fresh) throws Exception {
    dir = fresh;
    node = TestNodes.start(TestNodes.config(dir.resolve("node"), limits()));
    url = node.url();
  }

  @AfterAll
  void stopNode() {
    node.stop();
  }

  EdgeLimits limits() {
    return TestNodes.fastLimits();
  }

  RawHttp connect() throws Exception {
    return new RawHttp(url);
  }

  static byte[] blob(long seed, int size) {
    byte[] blob = new byte[size];
    new Random(seed).nextBytes(blob);
    return blob;
  }

  static String idOf(byte[] blob) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
  }
}
