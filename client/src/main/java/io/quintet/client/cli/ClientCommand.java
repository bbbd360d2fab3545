package io.quintet.client.cli;

import java.util.concurrent.Callable;

/// A command that does its work in the calling thread and tidies up when that thread is
/// interrupted: Ctrl-C then goes through [Interruption]. A server, which ends in its own way, is
/// none.
public interface ClientCommand extends Callable<Integer> {
  /// Whether standard output carries a file's bytes, so that JSON has to go to standard error.
  default boolean takesStandardOutput() {
    return false;
  }
}
