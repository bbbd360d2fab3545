package io.quintet.node.work;

import java.util.Map;

/// Long work in bounded steps.
///
/// A step takes at most a few seconds: it does one page, one chunk, one batch, and returns, so that
/// work can be stopped, throttled and watched. A worker keeps its place between steps in its own
/// fields, and on disk if the place must outlive the process. One thread at a time calls `step`;
/// `figures` may be called by others at any time.
public interface Worker {
  /// What it is called in `/status` and `/metrics`: one lower-case word.
  String name();

  /// Does one bounded piece of work.
  ///
  /// @throws InterruptedException when the node stops; the worker leaves things as a crash would
  /// @throws Exception when the step failed: it is logged and tried again after a pause that grows
  Step step() throws Exception;

  /// How far it is: names of figures (lower camel case, always the same ones) and their values. For
  /// `/status` and `/metrics`; must not block.
  Map<String, Number> figures();
}
