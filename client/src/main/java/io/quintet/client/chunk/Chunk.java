package io.quintet.client.chunk;

/// One piece of the source, at most 1 MiB. Whoever takes it owns the array until it goes back to
/// its [BufferPool].
///
/// @param index its position in the file, from 0
/// @param bytes the array that holds the piece from offset 0 on
/// @param length how many bytes are the piece's
@SuppressWarnings("ArrayRecordComponent") // handed from stage to stage, never compared
public record Chunk(int index, byte[] bytes, int length) {}
