package io.quintet.dht.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeIdentityTest {
  private static final byte[] MESSAGE = "one message".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path directory;

  @Test
  void anIdentityIsMadeOnceForTheOwnerAloneAndLoadedAfterwards() throws IOException {
    Path file = directory.resolve("node.key");
    NodeIdentity made = NodeIdentity.loadOrCreate(file);
    NodeIdentity loaded = NodeIdentity.loadOrCreate(file);
    assertEquals(made.id(), loaded.id());
    assertArrayEquals(made.publicKey(), loaded.publicKey());
    assertTrue(NodeIdentity.verify(made.publicKey(), MESSAGE, loaded.sign(MESSAGE)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var files = Files.list(directory)) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  @Test
  void theIdIsTheHashOfThePublicKey() throws Exception {
    NodeIdentity identity = NodeIdentity.generate();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.publicKey());
    assertEquals(Key.fromBytes(hash), identity.id());
    assertNotEquals(identity.id(), NodeIdentity.generate().id());
  }

  @Test
  void noDamageOfTheFileGivesAnotherIdentityOrReplacesIt() throws IOException {
    Path file = directory.resolve("node.key");
    Key id = NodeIdentity.loadOrCreate(file).id();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      refusedOrTheSame(file, damaged, id);
      refused(file, Arrays.copyOf(whole, at));
    }
    refused(file, new byte[10_000]);
  }

  private static void refusedOrTheSame(Path file, byte[] content, Key id) throws IOException {
    Files.write(file, content);
    try {
      // The last digit of a line has bits that carry nothing.
      assertEquals(id, NodeIdentity.loadOrCreate(file).id());
    } catch (IOException e) {
      assertTrue(e.toString().contains(file.toString()), e.toString());
    }
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  private static void refused(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    IOException e = assertThrows(IOException.class, () -> NodeIdentity.loadOrCreate(file));
    assertTrue(e.toString().contains(file.toString()), e.toString());
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void aSecretKeyBesideAnotherPublicKeyIsRefused() throws IOException {
    Path one = directory.resolve("one.key");
    Path two = directory.resolve("two.key");
    NodeIdentity.loadOrCreate(one);
    NodeIdentity.loadOrCreate(two);
    String secret = Files.readAllLines(one).get(0);
    refused(
        two,
        (secret + "\n" + Files.readAllLines(two).get(1) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void everyFlippedBitOfKeyMessageOrSignatureIsNoticed() {
    NodeIdentity identity = NodeIdentity.generate();
    byte[] key = identity.publicKey();
    byte[] signature = identity.sign(MESSAGE);
    assertTrue(NodeIdentity.verify(key, MESSAGE, signature));
    for (int bit = 0; bit < 8 * key.length; bit += 3) {
      assertFalse(NodeIdentity.verify(flipped(key, bit), MESSAGE, signature), "key bit " + bit);
    }
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      assertFalse(NodeIdentity.verify(key, MESSAGE, flipped(signature, bit)), "bit " + bit);
    }
    assertFalse(NodeIdentity.verify(key, flipped(MESSAGE, 0), signature));
    assertFalse(NodeIdentity.verify(NodeIdentity.generate().publicKey(), MESSAGE, signature));
  }

  @Test
  void nonsenseIsNoSignature() {
    NodeIdentity identity = NodeIdentity.generate();
    byte[] key = identity.publicKey();
    for (int length = 0; length < 200; length += 7) {
      assertFalse(NodeIdentity.verify(key, MESSAGE, new byte[length]));
      assertFalse(NodeIdentity.verify(new byte[length], MESSAGE, identity.sign(MESSAGE)));
    }
    // Java once accepted r = s = 0 for every message (CVE-2022-21449).
    assertFalse(NodeIdentity.verify(key, MESSAGE, new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}));
  }

  @Test
  void aKeyOfAnotherCurveIsNoNodeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    var pair = generator.generateKeyPair();
    assertFalse(
        NodeIdentity.verify(pair.getPublic().getEncoded(), MESSAGE, signed(pair.getPrivate())));
  }

  private static byte[] signed(PrivateKey key) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return changed;
  }
}
