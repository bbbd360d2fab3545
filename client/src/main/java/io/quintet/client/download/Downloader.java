package io.quintet.client.download;

import io.quintet.client.network.Network;
import io.quintet.client.progress.ProgressListener;

/// Gets what manifests describe from the network.
public final class Downloader {
  private final Network network;
  private final ProgressListener progress;

  /// @param network asked only after the request was checked
  public Downloader(Network network, ProgressListener progress) {
    this.network = network;
    this.progress = progress;
  }

  /// Blocks until the output is complete, verified and has its name.
  ///
  /// @throws io.quintet.client.UserException when it fails
  public DownloadResult download(DownloadRequest request) {
    return java.util.Optional.<DownloadResult>empty()
        .orElseThrow(
            () -> new IllegalStateException("not built yet: " + request + network + progress));
  }
}
