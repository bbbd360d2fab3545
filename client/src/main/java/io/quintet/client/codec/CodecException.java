package io.quintet.client.codec;

/// A blob is not what an upload with this key made of a chunk of this length. The message holds no
/// plaintext and no keys.
public final class CodecException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param message what is wrong with the blob
  public CodecException(String message) {
    super(message);
  }

  /// The same with what a library said.
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
