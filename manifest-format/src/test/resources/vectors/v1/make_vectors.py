#!/usr/bin/env python3
"""Makes the golden vectors of version 1, from docs/FORMAT.md alone: a second implementation.

The vectors are frozen. This script documents where they come from and is not part of the build; run
it to see that it still gives the same bytes (python3 make_vectors.py DIRECTORY), never to change them.
It needs the Python package `cryptography` for AES-GCM; everything else is the standard library.
"""

import hashlib
import hmac
import json
import lzma
import pathlib
import struct
import sys
import zlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MIB = 1 << 20
CODECS = {"none": 0, "zlib": 1, "xz": 2, "zstd": 3}


def sha256(data):
    return hashlib.sha256(data).digest()


def named(name):
    return sha256(name.encode())


# --- Merkle trees (RFC 6962, section 2.1) ---------------------------------------------------------


def leaf_hash(leaf):
    return sha256(b"\x00" + leaf)


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def root(hashes):
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return sha256(b"\x01" + root(hashes[:k]) + root(hashes[k:]))


def path(m, hashes):
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if m < k:
        return path(m, hashes[:k]) + [root(hashes[k:])]
    return path(m - k, hashes[k:]) + [root(hashes[:k])]


def merkle_vectors():
    leaves = [b"", b"\x00", b"\x10", b" !", b"01", b"@ABC", b"PQRSTUVW", b"`abcdefghijklmno"]
    leaves += [("leaf %d" % i).encode() for i in range(8, 21)]
    trees = []
    for size in range(len(leaves) + 1):
        hashes = [leaf_hash(leaf) for leaf in leaves[:size]]
        trees.append(
            {
                "leaves": size,
                "root": root(hashes).hex(),
                "paths": [[h.hex() for h in path(m, hashes)] for m in range(size)],
            }
        )
    return {"leaves": [leaf.hex() for leaf in leaves], "trees": trees}


# --- blobs ----------------------------------------------------------------------------------------


def hkdf_sha256(key, info, length):
    prk = hmac.new(bytes(32), key, hashlib.sha256).digest()
    okm, block = b"", b""
    for i in range(1, -(-length // 32) + 1):
        block = hmac.new(prk, block + info + bytes([i]), hashlib.sha256).digest()
        okm += block
    return okm[:length]


def compress(codec, chunk):
    if codec == "zlib":
        return zlib.compress(chunk)
    if codec == "xz":
        return lzma.compress(chunk, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32)
    return chunk


def blob_vector(comment, chunk, codec, key, delete_key, position, iv, replicas):
    secret = hkdf_sha256(delete_key, b"quintet/delete/v1" + struct.pack(">Q", position), 32)
    verifier = sha256(b"quintet/delete/v1" + secret)
    header = b"QNT1" + bytes([replicas]) + verifier
    plain = bytes([CODECS[codec]]) + compress(codec, chunk)
    blob = header + iv + AESGCM(key).encrypt(iv, plain, header)
    return {
        "comment": comment,
        "key": key.hex(),
        "deleteKey": delete_key.hex(),
        "position": position,
        "replicas": replicas,
        "iv": iv.hex(),
        "codec": codec,
        "chunk": chunk.hex(),
        "deleteSecret": secret.hex(),
        "deleteVerifier": verifier.hex(),
        "header": header.hex(),
        "plain": plain.hex(),
        "blob": blob.hex(),
        "chunkId": sha256(blob).hex(),
    }


def blob_vectors():
    key, delete_key = named("key 0"), named("delete key 0")
    text = b"Quintet keeps files alive. " * 40
    return [
        blob_vector("one byte, raw", b"x", "none", key, delete_key, 0, named("iv 0")[:12], 5),
        blob_vector("text, zlib", text, "zlib", key, delete_key, 1, named("iv 1")[:12], 1),
        blob_vector("text, xz", text, "xz", key, delete_key, 4194303, named("iv 2")[:12], 20),
        blob_vector(
            "zero keys and vector", bytes(16), "none", bytes(32), bytes(32), 256, bytes(12), 3
        ),
    ]


# --- manifests ------------------------------------------------------------------------------------


def generation(number):
    return named("key %d" % number), named("delete key %d" % number)


def checksum(m):
    data = b"quintet/manifest/v1"
    data += struct.pack(">QI", m["size"], MIB)
    data += bytes([CODECS[m["compression"]], 1, ["file", "tar"].index(m["content"]), m["replicas"]])
    data += m["merkleRoot"]
    data += struct.pack(">I", len(m["generations"]))
    for key, delete_key in m["generations"]:
        data += key + delete_key
    data += struct.pack(">I", len(m["chunks"]))
    for chunk_id, g, p in m["chunks"]:
        data += chunk_id + struct.pack(">IQ", g, p)
    return sha256(data)


def text(m):
    lines = [
        "{",
        '  "format": "quintet-manifest",',
        '  "version": 1,',
        '  "size": %d,' % m["size"],
        '  "chunkSize": %d,' % MIB,
        '  "compression": "%s",' % m["compression"],
        '  "cipher": "AES-256-GCM",',
        '  "merkleRoot": "%s",' % m["merkleRoot"].hex(),
        '  "content": "%s",' % m["content"],
        '  "replicas": %d,' % m["replicas"],
    ]
    if m["generations"]:
        pairs = ['    {"key": "%s", "deleteKey": "%s"}' % (k.hex(), d.hex()) for k, d in m["generations"]]
        lines += ['  "generations": [', ",\n".join(pairs), "  ],"]
    entries = []
    for i, (chunk_id, g, p) in enumerate(m["chunks"]):
        origin = "" if (g, p) == (0, i) else ":%d:%d" % (g, p)
        entries.append('    "%s%s"' % (chunk_id.hex(), origin))
    lines += ['  "chunks": [', ",\n".join(entries), "  ],"] if entries else ['  "chunks": [],']
    lines += ['  "checksum": "%s"' % checksum(m).hex(), "}", ""]
    return "\n".join(lines)


def manifest(size, compression, content, replicas, merkle_root, generations, chunks):
    return dict(
        size=size,
        compression=compression,
        content=content,
        replicas=replicas,
        merkleRoot=merkle_root,
        generations=[generation(g) for g in range(generations)],
        chunks=[(named(name), g, p) for name, g, p in chunks],
    )


def valid_manifests():
    repeats = [("chunk 0", 0, 0), ("chunk 1", 0, 1), ("chunk 0", 0, 0), ("chunk 3", 0, 3)]
    taken_over = [
        ("chunk 0", 1, 0),
        ("chunk 1", 0, 1),
        ("chunk 2", 2, 4194303),
        ("chunk 3", 1, 17),
        ("chunk 1", 0, 1),
    ]
    return {
        "empty": manifest(0, "zstd", "file", 5, sha256(b""), 1, []),
        "one-chunk": manifest(1, "none", "file", 5, named("root 1"), 1, [("chunk 0", 0, 0)]),
        "repeats": manifest(3 * MIB + 7, "xz", "tar", 3, named("root 4"), 1, repeats),
        "taken-over": manifest(5 * MIB, "zlib", "file", 20, named("root 5"), 3, taken_over),
        "redacted": manifest(5 * MIB, "zlib", "file", 20, named("root 5"), 0, taken_over),
    }


def invalid_manifests():
    """Name -> (text as bytes, kind, path). Where it can, the checksum is right: the rule refuses."""
    valid = {name: text(m) for name, m in valid_manifests().items()}
    one, repeats, taken = valid["one-chunk"], valid["repeats"], valid["taken-over"]
    key0 = named("key 0").hex()
    chunk = {i: named("chunk %d" % i).hex() for i in range(4)}

    def changed(source, old, new):
        assert source.count(old) == 1, (old, source.count(old))
        return source.replace(old, new)

    def rule(name, **values):
        return text({**valid_manifests()[name], **values})

    def entry(index, value):
        entries = list(valid_manifests()["taken-over"]["chunks"])
        entries[index] = value
        return rule("taken-over", chunks=entries)

    d, n, t = "DAMAGED", "NEWER_VERSION", "TOO_LARGE"
    return {
        "nothing": ("", d, "$"),
        "not-an-object": ("[]", d, "$"),
        "another-json": ('{"name": "quintet"}', d, "$.name"),
        "other-format": (changed(one, "quintet-manifest", "quintet-manifesto"), d, "$.format"),
        "version-0": (changed(one, '"version": 1', '"version": 0'), d, "$.version"),
        "version-2": (changed(one, '"version": 1', '"version": 2'), n, "$.version"),
        "version-2-unknown-rest": (
            '{"format": "quintet-manifest", "version": 2, "size": {"of": [null]}, "\u00e9": 1.5}',
            n,
            "$.version",
        ),
        "version-text": (changed(one, '"version": 1', '"version": "1"'), d, "$.version"),
        "version-missing": (changed(one, '  "version": 1,\n', ""), d, "$.size"),
        "format-not-first": (
            changed(
                one,
                '"format": "quintet-manifest",\n  "version": 1',
                '"version": 1,\n  "format": "quintet-manifest"',
            ),
            d,
            "$.version",
        ),
        "unknown-field": (changed(one, '"size"', '"name": "x",\n  "size"'), d, "$.name"),
        "secret-as-field": (changed(one, '"size"', '"%s": 1,\n  "size"' % key0), d, "$.?"),
        "field-twice": (changed(one, '"size": 1', '"size": 1, "size": 1'), d, "$.size"),
        "field-missing": (changed(one, '  "replicas": 5,\n', ""), d, "$.replicas"),
        "checksum-missing": (one[: one.index(",\n  \"checksum")] + "\n}\n", d, "$.checksum"),
        "size-float": (changed(one, '"size": 1', '"size": 1.0'), d, "$.size"),
        "size-exponent": (changed(one, '"size": 1', '"size": 1e0'), d, "$.size"),
        "size-text": (changed(one, '"size": 1', '"size": "1"'), d, "$.size"),
        "size-negative": (changed(one, '"size": 1', '"size": -1'), d, "$.size"),
        "size-minus-zero": (changed(valid["empty"], '"size": 0', '"size": -0'), d, "$.size"),
        "size-leading-zero": (changed(one, '"size": 1', '"size": 01'), d, "$.size"),
        "size-huge": (changed(one, '"size": 1', '"size": 18446744073709551617'), d, "$.size"),
        "size-over-4-tib": (rule("one-chunk", size=(1 << 42) + 1), d, "$.size"),
        "size-for-more-chunks": (rule("one-chunk", size=MIB + 1), d, "$.chunks"),
        "size-for-fewer-chunks": (rule("repeats", size=3 * MIB), d, "$.chunks"),
        "chunk-size-other": (changed(one, "1048576", "1048575"), d, "$.chunkSize"),
        "compression-unknown": (changed(one, '"none"', '"gzip"'), d, "$.compression"),
        "compression-capitals": (changed(one, '"none"', '"NONE"'), d, "$.compression"),
        "cipher-other": (changed(one, "AES-256-GCM", "AES-128-GCM"), d, "$.cipher"),
        "content-unknown": (changed(one, '"file"', '"zip"'), d, "$.content"),
        "merkle-root-short": (changed(one, named("root 1").hex(), named("root 1").hex()[2:]), d, "$.merkleRoot"),
        "merkle-root-capitals": (changed(one, named("root 1").hex(), named("root 1").hex().upper()), d, "$.merkleRoot"),
        "merkle-root-of-nothing-wrong": (rule("empty", merkleRoot=named("root 1")), d, "$.merkleRoot"),
        "replicas-0": (rule("one-chunk", replicas=0), d, "$.replicas"),
        "replicas-21": (rule("one-chunk", replicas=21), d, "$.replicas"),
        "generations-empty": (
            changed(valid["redacted"], '  "chunks"', '  "generations": [],\n  "chunks"'),
            d,
            "$.generations",
        ),
        "generations-too-many": (
            rule("one-chunk", generations=[generation(g) for g in range(1025)]),
            d,
            "$.generations[1024]",
        ),
        "key-missing": (changed(one, '"key": "%s", ' % key0, ""), d, "$.generations[0]"),
        "key-short": (changed(one, key0, key0[1:]), d, "$.generations[0].key"),
        "key-unquoted": (changed(one, '"%s"' % key0, key0), d, "$.generations[0].key"),
        "key-twice": (
            changed(one, '"key"', '"key": "%s", "key"' % key0),
            d,
            "$.generations[0].key",
        ),
        "key-extra": (changed(one, '"key"', '"iv": "00", "key"'), d, "$.generations[0].iv"),
        "entry-short": (changed(repeats, chunk[3], chunk[3][1:]), d, "$.chunks[3]"),
        "entry-capitals": (changed(repeats, chunk[3], chunk[3].upper()), d, "$.chunks[3]"),
        "entry-not-short-form": (changed(repeats, chunk[3], chunk[3] + ":0:3"), d, "$.chunks[3]"),
        "entry-without-position": (changed(taken, ":1:17", ":1"), d, "$.chunks[3]"),
        "entry-leading-zero": (changed(taken, ":1:17", ":1:017"), d, "$.chunks[3]"),
        "entry-plus": (changed(taken, ":1:17", ":1:+17"), d, "$.chunks[3]"),
        "entry-number": (changed(one, '"%s"' % chunk[0], "1"), d, "$.chunks[0]"),
        "entry-null": (changed(one, '"%s"' % chunk[0], "null"), d, "$.chunks[0]"),
        "entry-generation-unlisted": (entry(3, (named("chunk 3"), 3, 17)), d, "$.chunks[3]"),
        "entry-generation-1024": (entry(3, (named("chunk 3"), 1024, 17)), d, "$.chunks[3]"),
        "entry-position-too-large": (entry(3, (named("chunk 3"), 1, 1 << 22)), d, "$.chunks[3]"),
        "entry-position-later": (entry(1, (named("chunk 1"), 0, 4)), d, "$.chunks[1]"),
        "entry-repeats-another-id": (entry(4, (named("chunk 4"), 0, 1)), d, "$.chunks[4]"),
        "entry-repeats-a-foreign-one": (entry(4, (named("chunk 0"), 0, 0)), d, "$.chunks[4]"),
        "checksum-of-another": (changed(one, checksum(valid_manifests()["one-chunk"]).hex(), "00" * 32), d, "$.checksum"),
        "two-chunks-swapped": (
            changed(changed(changed(repeats, chunk[1], "?"), chunk[3], chunk[1]), "?", chunk[3]),
            d,
            "$.checksum",
        ),
        "more-after-the-end": (one + "{}", d, "$"),
        "cut": (one[: len(one) // 2], d, "$.generations[0].key"),
        "comment": ("// a manifest\n" + one, d, "$"),
        "trailing-comma": (changed(repeats, '%s"\n  ],\n  "checksum' % chunk[3], '%s",\n  ],\n  "checksum' % chunk[3]), d, "$.chunks[4]"),
        "deep": ("[" * 100, d, "$"),
        "byte-order-mark": (b"\xef\xbb\xbf" + one.encode(), d, "$"),
        "utf-16": (one.encode("utf-16-be"), d, "$"),
        "overlong-utf-8": (one.encode().replace(b'"file"', b'"f\xc1\xa9le"'), d, "$.content"),
        "nul": (one.encode() + b"\x00", d, "$"),
    }


def main(target):
    out = pathlib.Path(target)
    for folder in ("manifests/valid", "manifests/invalid"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    (out / "merkle.json").write_text(json.dumps(merkle_vectors(), indent=1) + "\n")
    (out / "blobs.json").write_text(json.dumps(blob_vectors(), indent=1) + "\n")
    for name, m in valid_manifests().items():
        (out / "manifests/valid" / (name + ".manifest")).write_text(text(m))
    expected = []
    for name, (content, kind, where) in sorted(invalid_manifests().items()):
        data = content if isinstance(content, bytes) else content.encode()
        (out / "manifests/invalid" / (name + ".manifest")).write_bytes(data)
        expected.append("%s\t%s\t%s\n" % (name, kind, where))
    (out / "manifests/invalid/expected.tsv").write_text("".join(expected))


if __name__ == "__main__":
    main(sys.argv[1])
