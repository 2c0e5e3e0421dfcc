#!/usr/bin/env python3
"""Leaves out of KERN's style sheet what no page of ours uses: python3 trim.py < dist/kern.min.css > kern.min.css

A selector goes if it needs a class `kern-...` that stands in no template, source, script or style of the
services. Everything else stays as it was, in its order."""

import pathlib
import re
import sys

SERVICES = pathlib.Path(__file__).resolve().parents[3]
ENDINGS = {".html", ".rs", ".js", ".css"}
CLASS = re.compile(r"kern-[A-Za-z0-9_-]+")


def used():
    """Classes, and the beginnings of those that a template puts together: `kern-alert--{{ kind }}`."""
    found = set()
    for service in SERVICES.iterdir():
        for part in ("templates", "src", "assets"):
            for file in (service / part).rglob("*"):
                if file.suffix in ENDINGS and file.name != "kern.min.css":
                    found.update(CLASS.findall(file.read_text(encoding="utf-8")))
    return {name for name in found if not name.endswith("-")}, tuple(
        name for name in found if name.endswith("-")
    )


CLASSES, BEGINNINGS = used()


def is_used(selector):
    # What stands in brackets is one of several, or not: it asks for no class.
    outside = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", selector))
    needed = re.findall(r"\.(kern-[A-Za-z0-9_-]+)", outside.replace("\\", ""))
    return all(name in CLASSES or name.startswith(BEGINNINGS) for name in needed)


def split(text, sign):
    """At `sign` outside of brackets and quotes."""
    parts, depth, quote, begin = [], 0, "", 0
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[at - 1] != "\\" else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == sign and depth == 0:
            parts.append(text[begin:at])
            begin = at + 1
    return parts + [text[begin:]]


def block_end(text, begin):
    """Behind the bracket that closes the one at `begin`."""
    depth, quote = 0, ""
    for at in range(begin, len(text)):
        letter = text[at]
        if quote:
            quote = "" if letter == quote and text[at - 1] != "\\" else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                return at + 1
    sys.exit("a bracket is not closed")


def trimmed(text):
    kept, at = [], 0
    while at < len(text):
        brace, semicolon = text.find("{", at), text.find(";", at)
        if brace == -1:
            kept.append(text[at:])
            break
        if -1 < semicolon < brace and text[at:].lstrip().startswith("@"):
            kept.append(text[at : semicolon + 1])
            at = semicolon + 1
            continue
        head, end = text[at:brace], block_end(text, brace)
        body = text[brace + 1 : end - 1]
        at = end
        if head.strip().startswith(("@media", "@supports", "@layer")):
            inner = trimmed(body)
            if inner.strip():
                kept.append(head + "{" + inner + "}")
        elif head.strip().startswith("@"):
            kept.append(head + "{" + body + "}")
        else:
            selectors = [selector for selector in split(head, ",") if is_used(selector)]
            if selectors:
                kept.append(",".join(selectors) + "{" + body + "}")
    return "".join(kept)


if __name__ == "__main__":
    sys.stdout.write(trimmed(sys.stdin.read()))
