/// Where the bytes of a put come from: a regular file, a directory as one tar stream, or a stream
/// (standard input, a pipe).
///
/// Everything that can be known without reading the contents is checked before a byte leaves. Uses
/// the rules of `tar` and nothing of the later stages.
@NullMarked
package io.quintet.client.source;

import org.jspecify.annotations.NullMarked;
