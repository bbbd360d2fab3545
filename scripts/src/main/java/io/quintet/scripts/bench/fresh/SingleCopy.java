package io.quintet.scripts.bench.fresh;

import io.quintet.manifest.blob.BlobHeader;
import io.quintet.manifest.blob.DeleteSecret;

/// Blobs of which nodes keep one copy, so that they repair nothing.
public final class SingleCopy {
  private SingleCopy() {}

  /// What such a blob begins with. Nobody can delete it.
  public static byte[] header() {
    return new BlobHeader(BlobHeader.REPLICAS_MIN, new byte[DeleteSecret.BYTES]).toBytes();
  }
}
