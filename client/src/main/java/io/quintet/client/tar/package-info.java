/// The rules that a directory's tar stream keeps, the same for the one that writes it and the one
/// that extracts it: what put stores, get restores, and nothing that get restores leaves the
/// target.
///
/// Pure functions on names. The format is POSIX.1-2017 `pax`.
@NullMarked
package io.quintet.client.tar;

import org.jspecify.annotations.NullMarked;
