"""Ed25519 (RFC 8032), signed notes (C2SP), Merkle trees (RFC 6962), proofs of inclusion in a log (C2SP)."""
import base64, hashlib, re

from shapes import Wrong, must


def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def un(text): return bytes.fromhex(text)
def lp(*fields): return b"".join(len(f).to_bytes(4, "big") + f for f in (x.encode() if isinstance(x, str) else x for x in fields))


P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D2 = -121665 * pow(121666, -1, P) % P


def add(a, b):
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, D = 2 * a[3] * b[3] * D2 % P, 2 * a[2] * b[2] % P
    return (B - A) * (D - C) % P, (D + C) * (B + A) % P, (D - C) * (D + C) % P, (B - A) * (B + A) % P


def times(n, point):
    total = (0, 1, 1, 0)
    while n:
        total = add(total, point) if n & 1 else total
        point, n = add(point, point), n >> 1
    return total


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    x2 = (y * y - 1) * pow(D2 * y * y + 1, -1, P) % P
    x = pow(x2, (P + 3) // 8, P)
    x = x if x * x % P == x2 else x * pow(2, (P - 1) // 4, P) % P
    must(y < P and x * x % P == x2 and not (x == 0 and sign))
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


G = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
KNOWN = {}


def signed(key, message, signature):
    if (key, message, signature) not in KNOWN:
        try:
            A, R, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
            h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
            left, right = times(s, G), add(R, times(h, A))
            ok = len(signature) == 64 and s < L and all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
        except Wrong:
            ok = False
        KNOWN[key, message, signature] = ok
    return KNOWN[key, message, signature]


def b64(data):
    try:
        decoded = base64.b64decode(data, validate=True)
    except ValueError:
        raise Wrong from None
    must(base64.b64encode(decoded).decode() == data)
    return decoded


def vkey(text, kind):
    must(text.count("+") >= 2)
    name, ident, data = text.split("+", 2)
    data = b64(data)
    must(0 < len(name.encode()) <= 200 and not re.search(r"\s", name) and len(data) == 33 and data[0] == kind)
    must(ident == sha(name.encode(), b"\n", data).hex()[:8] and base64.b64encode(data).decode() == text.split("+", 2)[2])
    return name, un(ident), kind, data[1:]


def note(text, keys):
    """The text and, by name, when each key signed it (0 if it does not say)."""
    body, gap, lines = text.rpartition("\n\n")
    must(gap and lines.endswith("\n") and not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", body))
    body, seen = body + "\n", {}
    for line in lines[:-1].split("\n"):
        found = re.fullmatch(r"— (\S+) (\S+)", line)
        must(found)
        data = b64(found[2])
        must(len(data) > 4)
        for name, ident, kind, key in keys:
            if (name, ident) == (found[1], data[:4]):
                when = int.from_bytes(data[4:12], "big") if kind == 4 else 0
                message = (f"cosignature/v1\ntime {when}\n" if kind == 4 else "") + body
                must(signed(key, message.encode(), data[12 if kind == 4 else 4:]))
                seen[name] = when
    return body, seen


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:k]), root(leaves[k:]))


def climb(leaf, index, size, path):
    """The root that a path of inclusion leads to."""
    must(0 <= index < size)
    if size == 1:
        must(not path)
        return leaf
    must(path)
    k = 1 << (size - 1).bit_length() - 1
    if index < k:
        return sha(b"\1", climb(leaf, index, k, path[:-1]), path[-1])
    return sha(b"\1", path[-1], climb(leaf, index - k, size - k, path[:-1]))


def logged(shown, document, log, witnesses):
    """When the first witness saw the document in the log."""
    head, gap, rest = shown["proof"].partition("\n\n")
    lines = [l for l in head.split("\n") if not l.startswith("extra ")]
    must(gap and lines[0] == "c2sp.org/tlog-proof@v1" and len(lines) > 1 and re.fullmatch(r"index (0|[1-9]\d*)", lines[1]))
    body, own = note(rest, [log])
    parts = re.fullmatch(r"(\S+)\n(0|[1-9]\d*)\n(\S+)\n", body)
    must(own and parts and parts[1] == log[0] and int(parts[2]) <= 2**48)
    leaf = sha(b"\0", sha(lp("fairtermin/log/v1", un(shown["salt"]), document)))
    must(climb(leaf, int(lines[1][6:]), int(parts[2]), [b64(l) for l in lines[2:]]) == b64(parts[3]))
    return min(note(rest, witnesses)[1].values(), default=None)
