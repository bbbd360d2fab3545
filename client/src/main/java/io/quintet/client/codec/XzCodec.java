package io.quintet.client.codec;

import io.quintet.client.chunk.Chunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.UnsupportedOptionsException;

/// xz streams, one per chunk.
final class XzCodec implements Codec {
  // A dictionary larger than the chunk would only cost memory: preset 6 alone asks for 94 MB.
  private static final int DICTIONARY_BYTES = 1 << 20;
  // Enough for the dictionaries of presets up to 6, which other writers may use.
  private static final int MEMORY_KIB_MAX = 10 << 10;

  @Override
  public int compress(Chunk chunk, byte[] target) {
    Window window = new Window(target, Chunk.OFFSET, chunk.length() - 1);
    try (XZCompressorOutputStream out =
        XZCompressorOutputStream.builder()
            .setOutputStream(window)
            .setLzma2Options(options())
            .get()) {
      out.write(chunk.bytes(), Chunk.OFFSET, chunk.length());
    } catch (IOException e) {
      // A window does nothing but fill up, so this is the one reason.
      return -1;
    }
    return window.written;
  }

  private static LZMA2Options options() throws UnsupportedOptionsException {
    LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_DEFAULT);
    options.setDictSize(DICTIONARY_BYTES);
    return options;
  }

  @Override
  public void decompress(byte[] source, Chunk chunk) throws CodecException {
    try (InputStream in =
        XZCompressorInputStream.builder()
            .setInputStream(
                new ByteArrayInputStream(source, Chunk.OFFSET, source.length - Chunk.OFFSET))
            .setMemoryLimitKiB(MEMORY_KIB_MAX)
            .get()) {
      int got = in.readNBytes(chunk.bytes(), Chunk.OFFSET, chunk.length());
      if (got != chunk.length() || in.read() >= 0) {
        throw new CodecException("xz: not one stream of " + chunk.length() + " bytes");
      }
    } catch (IOException e) {
      throw new CodecException("xz: " + e.getMessage(), e);
    }
  }

  /// A part of an array as a stream; writing beyond it fails.
  private static final class Window extends OutputStream {
    private final byte[] target;
    private final int offset;
    private final int room;
    private int written;

    Window(byte[] target, int offset, int room) {
      this.target = target;
      this.offset = offset;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > room - written) {
        throw new IOException("full");
      }
      System.arraycopy(bytes, from, target, offset + written, length);
      written += length;
    }
  }
}
