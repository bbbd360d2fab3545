package io.quintet.client.progress;

/// Takes progress events. Implementations are thread-safe and do not block.
@FunctionalInterface
public interface ProgressListener {
  /// Listens to nothing.
  ProgressListener NONE = event -> {};

  /// Takes one event.
  void on(ProgressEvent event);
}
