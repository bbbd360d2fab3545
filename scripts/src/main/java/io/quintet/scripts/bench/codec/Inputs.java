package io.quintet.scripts.bench.codec;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Makes files to be put, the same bytes each time on one machine. They are on disk when a method
/// returns, so that the system does not write them while something is measured.
public final class Inputs {
  private static final long SEED = 5;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int VOCABULARY = 20_000;
  private static final int WORD_LETTERS_MAX = 12;

  private Inputs() {}

  /// Writes `bytes` random bytes.
  public static Path random(Path file, long bytes) throws IOException {
    Random random = new Random(SEED);
    byte[] block = new byte[BLOCK_BYTES];
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      for (long left = bytes; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, block.length));
      }
      out.getFD().sync();
    }
    return file;
  }

  /// Writes `bytes` bytes of text: the Java sources in the JDK's `lib/src.zip`, from the beginning
  /// again when they end, or invented words where a JDK comes without its sources.
  ///
  /// @return what the text is, for people
  public static String text(Path file, long bytes) throws IOException {
    Path sources = Path.of(System.getProperty("java.home"), "lib", "src.zip");
    boolean readable = Files.isReadable(sources);
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      if (readable) {
        javaSources(sources, out, bytes);
      } else {
        words(out, bytes);
      }
      out.getFD().sync();
    }
    return readable ? "the JDK's Java sources" : "invented words, the common ones often";
  }

  /// Writes the first `bytes` bytes of `from` to `to`.
  public static void beginning(Path from, Path to, long bytes) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        FileOutputStream out = new FileOutputStream(to.toFile())) {
      for (long left = bytes; left > 0; left -= BLOCK_BYTES) {
        out.write(in.readNBytes((int) Math.min(left, BLOCK_BYTES)));
      }
      out.getFD().sync();
    }
  }

  private static void javaSources(Path zip, OutputStream out, long bytes) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(file.entries());
      long left = bytes;
      while (left > 0) {
        for (ZipEntry entry : entries) {
          if (entry.getName().endsWith(".java") && left > 0) {
            left -= copy(file, entry, out, left);
          }
        }
      }
    }
  }

  private static long copy(ZipFile file, ZipEntry entry, OutputStream out, long bytesMax)
      throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      byte[] text = in.readNBytes((int) Math.min(bytesMax, Integer.MAX_VALUE - 8));
      out.write(text);
      return text.length;
    }
  }

  // Word number r comes about 1/r as often as the first (Zipf's law), as in any language.
  private static void words(OutputStream out, long bytes) throws IOException {
    Random random = new Random(SEED);
    String[] vocabulary = new String[VOCABULARY];
    for (int i = 0; i < VOCABULARY; i++) {
      StringBuilder word = new StringBuilder();
      int letters = 1 + random.nextInt(WORD_LETTERS_MAX);
      for (int letter = 0; letter < letters; letter++) {
        word.append((char) ('a' + (int) (26 * random.nextDouble() * random.nextDouble())));
      }
      vocabulary[i] = word.toString();
    }
    StringBuilder line = new StringBuilder();
    for (long left = bytes; left > 0; left -= line.length()) {
      line.setLength(0);
      while (line.length() < 80) {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY)) - 1;
        line.append(vocabulary[Math.max(0, rank)]).append(' ');
      }
      line.append('\n');
      line.setLength((int) Math.min(left, line.length()));
      out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }
}
