"""Packs the chart as `helm package` does, and always into the same bytes: chart.py CHART FOLDER SECONDS-SINCE-1970.

`helm package` writes the time of packing into the archive.
"""

import fnmatch
import gzip
import io
import os
import pathlib
import re
import sys
import tarfile


def ignored(chart):
    """The patterns of .helmignore; a folder's end with a slash."""
    lines = (chart / ".helmignore").read_text().splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def files(chart):
    patterns = ignored(chart)
    for path in sorted(chart.rglob("*")):
        parts = path.relative_to(chart).parts
        below = any(pattern.rstrip("/") in parts[:-1] for pattern in patterns if pattern.endswith("/"))
        named = any(fnmatch.fnmatch(parts[-1], pattern) for pattern in patterns if not pattern.endswith("/"))
        if path.is_file() and not below and not named:
            yield path


def package(chart, name, seconds):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in files(chart):
            entry = tarfile.TarInfo(f"{name}/{path.relative_to(chart)}")
            data = path.read_bytes()
            entry.size, entry.mtime, entry.mode = len(data), seconds, 0o644
            tar.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=0)


def field(text, key):
    return re.search(rf'^{key}: "?([^"\n]+)', text, re.MULTILINE)[1]


if __name__ == "__main__":
    chart, folder, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    described = (chart / "Chart.yaml").read_text()
    name, version = field(described, "name"), field(described, "version")
    archive = os.path.join(folder, f"{name}-{version}.tgz")
    with open(archive, "wb") as file:
        file.write(package(chart, name, seconds))
    print(archive)
