package io.quintet.dht.net;

import io.quintet.dht.id.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A node's ECDSA P-256 key pair. The node's id is the SHA-256 of the public key, so that nobody
/// can take a chosen place in the id space or pose as another node (S/Kademlia, section 4.1).
///
/// Immutable and safe for many threads. Has no text form: the private key must not reach a log.
public final class NodeIdentity {
  /// No encoding of a P-256 public key is longer.
  public static final int PUBLIC_KEY_BYTES_MAX = 128;

  /// No DER encoding of a P-256 signature is longer.
  public static final int SIGNATURE_BYTES_MAX = 72;

  private static final String ALGORITHM = "SHA256withECDSA";
  private static final int FIELD_BITS = 256;

  // SubjectPublicKeyInfo of an uncompressed point on P-256 (RFC 5480), up to the point's
  // coordinates.
  private static final byte[] P256_PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  private final KeyPair pair;
  private final Key id;

  private NodeIdentity(KeyPair pair) {
    this.pair = pair;
    this.id = idOf(pair.getPublic().getEncoded());
  }

  /// A new identity, kept nowhere.
  public static NodeIdentity generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new NodeIdentity(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no ECDSA P-256", e);
    }
  }

  /// The identity in `keyFile`, which is made (mode 0600, synced) when it does not exist.
  ///
  /// @throws IOException when it cannot be read or written, or is damaged: a damaged file is never
  ///   replaced, because the node's id and everything known under it would be lost silently
  public static NodeIdentity loadOrCreate(Path keyFile) throws IOException {
    if (Files.exists(keyFile)) {
      return parse(keyFile, PrivateFile.read(keyFile, 4_096));
    }
    NodeIdentity made = generate();
    PrivateFile.create(keyFile, made.text());
    return made;
  }

  /// The id that belongs to the public key `spki` (DER of a SubjectPublicKeyInfo).
  public static Key idOf(byte[] spki) {
    try {
      return Key.fromBytes(MessageDigest.getInstance("SHA-256").digest(spki));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  /// The node's id.
  public Key id() {
    return id;
  }

  /// DER of the SubjectPublicKeyInfo; the caller owns the array.
  public byte[] publicKey() {
    return pair.getPublic().getEncoded();
  }

  /// The ECDSA signature of `message` with SHA-256, in DER. What is signed must name its purpose,
  /// so that a signature never serves another one.
  public byte[] sign(byte[] message) {
    try {
      return sign(pair.getPrivate(), message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the node key cannot sign", e);
    }
  }

  /// Whether `signature` is one of `message` by the owner of `spki`. Nonsense of any kind, and keys
  /// that are not P-256, are just false.
  public static boolean verify(byte[] spki, byte[] message, byte[] signature) {
    if (!isCanonical(spki) || signature.length > SIGNATURE_BYTES_MAX) {
      return false;
    }
    try {
      PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
      return isP256(key) && verify(key, message, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// A key has one name only if it has one encoding, and the JDK accepts several.
  private static boolean isCanonical(byte[] spki) {
    int prefixBytes = P256_PREFIX.length;
    return spki.length == prefixBytes + 2 * FIELD_BITS / Byte.SIZE
        && Arrays.equals(spki, 0, prefixBytes, P256_PREFIX, 0, prefixBytes);
  }

  private static boolean isP256(java.security.Key key) {
    return key instanceof ECKey ec && ec.getParams().getOrder().bitLength() == FIELD_BITS;
  }

  private static byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private static boolean verify(PublicKey key, byte[] message, byte[] made)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initVerify(key);
    signature.update(message);
    return signature.verify(made);
  }

  private String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(pair.getPrivate().getEncoded())
        + "\n"
        + base64.encodeToString(pair.getPublic().getEncoded())
        + "\n";
  }

  private static NodeIdentity parse(Path file, String text) throws IOException {
    String[] lines = text.split("\n", -1);
    if (lines.length != 3 || !lines[2].isEmpty()) {
      throw damaged(file, "expected two lines");
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      KeyFactory keys = KeyFactory.getInstance("EC");
      PrivateKey secret = keys.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines[0])));
      PublicKey shown = keys.generatePublic(new X509EncodedKeySpec(base64.decode(lines[1])));
      byte[] probe = "quintet/key-file/v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      if (!isP256(secret) || !isP256(shown) || !verify(shown, probe, sign(secret, probe))) {
        throw damaged(file, "the two keys are not a P-256 pair");
      }
      return new NodeIdentity(new KeyPair(shown, secret));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(file, "not a key");
    }
  }

  private static IOException damaged(Path file, String why) {
    return new IOException(
        "the node key "
            + file
            + " is damaged ("
            + why
            + "); restore it, or move it away to start as a new node");
  }
}
