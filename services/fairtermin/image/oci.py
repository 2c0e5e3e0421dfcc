"""Packs folders into an OCI image archive: oci.py ARCHIVE VERSION SECONDS-SINCE-1970 ARCHITECTURE=FOLDER...

Each image has one layer; several architectures share one name by an image index. The same input gives the same bytes. Format: the OCI image specification
1.1 (image-layout, manifest, config), as a tar file.
"""

import datetime
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

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


class Blobs(dict):
    """What the archive holds, by digest."""

    def add(self, data, kind):
        self[digest(data)] = data
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": digest(data), "size": len(data)}


def document(content):
    return json.dumps(content, sort_keys=True).encode()


def image(blobs, architecture, folder, version, seconds):
    """Adds the image of one architecture and returns its descriptor."""
    created = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    plain = layer(folder, seconds)
    config = {
        "created": created,
        "architecture": architecture,
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
        "config": blobs.add(document(config), "config.v1+json"),
        "layers": [blobs.add(gzip.compress(plain, mtime=0), "layer.v1.tar+gzip")],
    }
    return blobs.add(document(manifest), "manifest.v1+json") | {
        "platform": {"architecture": architecture, "os": "linux"}}


def index_of(blobs, images, version):
    """What index.json says: one image, or an index of them, by the name under which it is loaded."""
    described = images[0]
    if len(images) > 1:
        index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": images}
        described = blobs.add(document(index), "index.v1+json")
    named = described | {"annotations": {"org.opencontainers.image.ref.name": f"fairtermin:{version}"}}
    return {"schemaVersion": 2, "manifests": [named]}


def write(archive, blobs, index, seconds):
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": json.dumps(index).encode()}
    files |= {f"blobs/{name.replace(':', '/')}": data for name, data in blobs.items()}
    with tarfile.open(archive, "w") as tar:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(data), seconds
            tar.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    archive, version, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    blobs = Blobs()
    images = [image(blobs, *pair.split("=", 1), version, seconds) for pair in sys.argv[4:]]
    index = index_of(blobs, images, version)
    write(archive, blobs, index, seconds)
    print(f"image: {archive}, {os.path.getsize(archive) // 1_000_000} MB, {index['manifests'][0]['digest']}")
