package io.quintet.manifest;

/// The names of the fields of a manifest's text, and the values of those that have only one.
final class ManifestFields {
  static final String FORMAT = "format";
  static final String FORMAT_VALUE = "quintet-manifest";
  static final String VERSION = "version";
  static final String SIZE = "size";
  static final String CHUNK_SIZE = "chunkSize";
  static final String COMPRESSION = "compression";
  static final String CIPHER = "cipher";
  static final String MERKLE_ROOT = "merkleRoot";
  static final String CONTENT = "content";
  static final String REPLICAS = "replicas";
  static final String GENERATIONS = "generations";
  static final String KEY = "key";
  static final String DELETE_KEY = "deleteKey";
  static final String CHUNKS = "chunks";
  static final String CHECKSUM = "checksum";

  private ManifestFields() {}
}
