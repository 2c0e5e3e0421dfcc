"""Packs a folder into an OCI image archive: oci.py FOLDER ARCHIVE VERSION SECONDS-SINCE-1970.

The image has one layer. The same input gives the same bytes. Format: the OCI image specification
1.1 (image-layout, manifest, config), as a tar file.
"""

import datetime
import gzip
import hashlib
import io
import json
import os
import platform
import sys
import tarfile

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
NOBODY = 65532


def layer(folder, seconds):
    """The folder as one tar: sorted, owned by root, `/tmp` for everybody."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for base, folders, files in os.walk(folder):
            folders.sort()
            for name in sorted(folders + files):
                path = os.path.join(base, name)
                entry = tar.gettarinfo(path, os.path.relpath(path, folder))
                entry.uid = entry.gid = 0
                entry.uname = entry.gname = ""
                entry.mtime = seconds
                executable = entry.isdir() or "/bin/" in path or "/lib" in path
                entry.mode = 0o1777 if entry.name == "tmp" else 0o755 if executable else 0o644
                if entry.isfile():
                    with open(path, "rb") as file:
                        tar.addfile(entry, file)
                else:
                    tar.addfile(entry)
    return packed.getvalue()


def digest(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def image(folder, version, seconds):
    """The blobs of the image by digest, and what index.json says about it."""
    blobs = {}

    def add(data, kind):
        blobs[digest(data)] = data
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": digest(data), "size": len(data)}

    def document(content):
        return json.dumps(content, sort_keys=True).encode()

    created = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    plain = layer(folder, seconds)
    config = {
        "created": created,
        "architecture": ARCHITECTURES[platform.machine()],
        "os": "linux",
        "config": {
            "User": f"{NOBODY}:{NOBODY}",
            "Entrypoint": ["/usr/local/bin/fairtermin"],
            "ExposedPorts": {"8080/tcp": {}},
            "Labels": {"org.opencontainers.image.licenses": "EUPL-1.2",
                       "org.opencontainers.image.title": "fairtermin",
                       "org.opencontainers.image.version": version},
        },
        "rootfs": {"type": "layers", "diff_ids": [digest(plain)]},
        "history": [{"created": created, "created_by": "make image"}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": add(document(config), "config.v1+json"),
        "layers": [add(gzip.compress(plain, mtime=0), "layer.v1.tar+gzip")],
    }
    described = add(document(manifest), "manifest.v1+json")
    described["annotations"] = {"org.opencontainers.image.ref.name": f"fairtermin:{version}"}
    return blobs, {"schemaVersion": 2, "manifests": [described]}


def write(archive, blobs, index, seconds):
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": json.dumps(index).encode()}
    files |= {f"blobs/{name.replace(':', '/')}": data for name, data in blobs.items()}
    with tarfile.open(archive, "w") as tar:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(data), seconds
            tar.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    folder, archive, version, seconds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    blobs, index = image(folder, version, seconds)
    write(archive, blobs, index, seconds)
    print(f"image: {archive}, {os.path.getsize(archive) // 1_000_000} MB, {index['manifests'][0]['digest']}")
