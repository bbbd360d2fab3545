package io.quintet.client.cli;

import java.net.URI;

/// How a node left.
///
/// @param node where it was
/// @param chunks how many chunks it handed over
/// @param copies how many copies had to be made for that
/// @param copiedBytes their size
/// @param others how many nodes stay
/// @param degraded whether some chunks are on fewer nodes now than their owners want
record UnjoinResult(
    URI node,
    long chunks,
    long copies,
    long copiedBytes,
    long others,
    boolean degraded,
    double seconds) {}
