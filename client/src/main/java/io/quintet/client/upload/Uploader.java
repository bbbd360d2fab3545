package io.quintet.client.upload;

import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressListener;

/// Puts sources on the network.
public final class Uploader {
  private final Network network;
  private final ProgressListener progress;

  /// @param network asked only after the request was checked
  public Uploader(Network network, ProgressListener progress) {
    this.network = network;
    this.progress = progress;
  }

  /// Blocks until every chunk is durable and the manifest is on disk.
  ///
  /// @throws io.quintet.client.UserException when it fails; there is no manifest then
  public UploadResult upload(UploadRequest request) {
    return java.util.Optional.<UploadResult>empty()
        .orElseThrow(
            () -> new IllegalStateException("not built yet: " + request + network + progress));
  }
}
