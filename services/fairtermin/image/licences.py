"""Completes the list of crates with what else is in the image, and checks the licences.

licences.py SBOM ROOT FOLDER: writes FOLDER/fairtermin.cdx.json and FOLDER/licences.md. Ends with a
non-zero code if a component has no licence, or none that is allowed.
"""

import json
import pathlib
import re
import sys

# What a program under EUPL-1.2 may contain. Permissive ones, and weak copyleft for files of their own.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CDLA-Permissive-2.0", "EUPL-1.2",
    "ISC", "MIT", "MIT-0", "MPL-2.0", "OFL-1.1", "Unicode-3.0", "Unlicense", "Zlib",
}
# In the image, but no crate. The C library is linked dynamically and comes from the base image.
OTHERS = [
    ("KERN UX", "2.7.2", "EUPL-1.2", "styles of the portal's pages, services/portal/assets/kern"),
    ("Fira Sans", "of KERN UX 2.7.2", "OFL-1.1", "fonts of the portal's pages, services/portal/assets/kern/fonts"),
    ("ca-certificates", "of the base image", "MPL-2.0", "Mozilla's list of certificate authorities"),
]
SYSTEM = [
    ("glibc", "of the base image", "LGPL-2.1-or-later", "C library, linked dynamically"),
    ("libgcc", "of the base image", "GPL-3.0-or-later WITH GCC-exception-3.1", "unwinding, linked dynamically"),
]


def licence(component):
    found = component.get("licenses") or []
    texts = [each.get("expression") or each["license"].get("id") or each["license"].get("name") for each in found]
    return " AND ".join(f"({text})" if " OR " in text and len(texts) > 1 else text for text in texts)


def allowed(expression):
    """Whether an SPDX expression can be met with allowed licences. Exceptions only add permissions."""
    plain = re.sub(r" WITH [A-Za-z0-9.-]+", "", expression)
    if not plain or not re.fullmatch(r"[A-Za-z0-9.+() -]+", plain):
        return False
    words = {"AND": "and", "OR": "or"}
    python = re.sub(r"[A-Za-z0-9.+-]+", lambda word: words.get(word[0], str(word[0] in ALLOWED)), plain)
    return bool(eval(python, {"__builtins__": {}}))  # only True, False, and, or, parentheses


def main(source, root, folder):
    # Where this copy of the sources lies says nothing about them.
    bom = json.loads(pathlib.Path(source).read_text().replace(f"file://{root}", "file://."))
    crates = [(each["name"], each["version"], licence(each), each.get("purl", "")) for each in bom["components"]]
    for name, version, terms, what in OTHERS + SYSTEM:
        bom["components"].append({"type": "library", "name": name, "version": version, "description": what,
                                  "scope": "required", "licenses": [{"expression": terms}]})
    rows = sorted(crates) + [(name, version, terms, what) for name, version, terms, what in OTHERS + SYSTEM]
    folder = pathlib.Path(folder)
    (folder / "fairtermin.cdx.json").write_text(json.dumps(bom, indent=1) + "\n")
    table = "".join(f"| {name} | {version} | {terms} |\n" for name, version, terms, _ in rows)
    (folder / "licences.md").write_text("# What is in the image\n\n| what | version | licence |\n|---|---|---|\n" + table)
    wrong = [row for row in crates + OTHERS if not allowed(row[2])]
    for name, version, terms, _ in wrong:
        print(f"sbom: {name} {version}: {terms or 'no licence'} is not allowed (licences.py)", file=sys.stderr)
    print(f"sbom: {len(rows)} components, {len({row[2] for row in rows})} kinds of terms, {folder}/licences.md")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
