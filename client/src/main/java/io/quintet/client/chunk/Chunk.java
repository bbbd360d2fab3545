package io.quintet.client.chunk;

import io.quintet.manifest.Chunks;
import io.quintet.manifest.blob.Blob;

/// One piece of the source, at most 1 MiB, in an array that has room for the codec's byte before
/// it: what is encrypted of a piece that does not shrink is the array itself.
///
/// @param index its position in the file, from 0
/// @param bytes the array that holds the piece from [#OFFSET] on
/// @param length how many bytes are the piece's
@SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
public record Chunk(int index, byte[] bytes, int length) {
  /// Where the piece begins.
  public static final int OFFSET = Blob.CODEC_BYTES;

  /// How long an array must be to hold any piece.
  public static final int ROOM_BYTES = OFFSET + Chunks.SIZE_BYTES;
}
