package io.quintet.client.source;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/// One file, directory or symbolic link of a tree.
///
/// @param name below the root, parts separated by `/`; `.` for the root itself
/// @param attributes its own, not those of what a link points to
record TreeEntry(Path path, String name, PosixFileAttributes attributes) {}
