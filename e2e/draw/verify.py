"""Verifies draws of appointments: written from libs/draw/README.md alone, with Python's standard library.

One exception: the BLS signature of a drand round is not checked, as the standard library has no pairing. With another
signature `order` fails all the same, since the order does not follow from that number.

    verify.py PROOF [RECEIPT [WISHES]] [--ended END]     prints the checks that fail
    verify.py --compare FOLDER < DRAWS     agrees with FOLDER's vectors and with verdicts made elsewhere, or says where not
"""
import hmac, itertools, json, pathlib, re, sys
from multiprocessing import Pool

from shapes import ALL, ENDED, PROOF, RECEIPT, TICKETS, J, Wrong, isoday, must, read
from signed import logged, lp, note, root, sha, un, vkey

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"


def mac(key, *fields): return hmac.digest(key, lp(*fields), "sha256")


# -- what a stranger checks (section 6) --------------------------------------------------------------
def minutes(time): return int(time[:2]) * 60 + int(time[3:])
def published(a): return 1692803367 + 3 * (a["beacon"]["drand"]["round"] - 1) if "drand" in a["beacon"] else None
def digest(a): return sha(J(a))
def slots_of(a, e): return a["visit"]["slots"] + a["visit"]["companionSlots"] * e["companions"]
def start(row, slot): return minutes(row["from"]) + row["minutes"] * slot
def count(entries): return {c: sum(e["channel"] == c for e in entries) for c in ("desk", "online")}
def ascending(xs): return all(a < b for a, b in zip(xs, xs[1:])) and len(xs) <= 200
def open_to(e, row): return row["quota"] is None or row["quota"] in e["quotas"]


def announcement(p):
    a = p["announcement"]
    for value, most in [(a["authority"], 200), (a["service"], 200), (a["draw"], 64), (a["rule"], 2000)] + [(x, 200) for x in a["places"]] + [
            (q["name"], 200) for q in a["quotas"]] + ([(a["beacon"]["auditor"]["name"], 200)] if "auditor" in a["beacon"] else []):
        must(1 <= len(value) <= most and not re.search("[\x00-\x1f\x7f-\x9f]", value))
    for key in (a["identity"]["key"], a["receipts"], a["log"]["key"]):
        vkey(key, 1)
    names = [vkey(key, 4)[0] for key in a["log"]["witnesses"]]
    must(len(set(names)) == len(names) <= 16 and a["opens"] < a["closes"])
    if "drand" in a["beacon"]:
        must(a["beacon"]["drand"]["chain"] == CHAIN and a["beacon"]["drand"]["round"] > 0 and published(a) >= a["closes"] + 1800)
    must(1 <= len(a["places"]) <= 1000 and len(a["quotas"]) <= 16 and 1 <= len(a["rows"]) <= 100_000)
    must(sum(r["slots"] for r in a["rows"]) <= 1_000_000)
    must(a["visit"]["slots"] > 0 and a["visit"]["slots"] + a["visit"]["companionSlots"] * a["visit"]["companions"] <= 48)
    for r in a["rows"]:
        must(r["place"] < len(a["places"]) and (r["quota"] or 0) < max(len(a["quotas"]), r["quota"] is None))
        must(r["minutes"] > 0 and r["slots"] > 0 and start(r, r["slots"]) <= 1440)


def entry_list(p):
    a, f, entries = p["announcement"], p["freeze"], p["entries"]
    must(un(f["announcement"]) == digest(a) and f["at"] >= a["closes"] and (published(a) is None or f["at"] < published(a)))
    must(f["entries"] == len(entries) and f["channels"] == count(entries))
    must(all(x["serial"] < y["serial"] for x, y in zip(entries, entries[1:])))
    for e in entries:
        must(e["cohort"] <= a["cohorts"] and e["companions"] <= a["visit"]["companions"] and ascending(e["quotas"]))
        must(all(q < len(a["quotas"]) and a["quotas"][q]["channel"] in (None, e["channel"]) for q in e["quotas"]))
    must(un(f["root"]) == root([sha(b"\0", J(e)) for e in entries]))


def tickets(p):
    a = p["announcement"]
    body, seen = note(p["tickets"], [vkey(a["identity"]["key"], 1)])
    must(seen)
    t = read(body.encode(), TICKETS)
    must(un(t["announcement"]) == digest(a) and t["root"] == p["freeze"]["root"])
    must(sha(lp("apptdraw/v1/stamp-key", a["draw"], un(t["key"]))).hex() == a["identity"]["stamp"])
    for e in p["entries"]:
        must(mac(un(t["key"]), "apptdraw/v1/stamp", a["draw"], e["channel"], un(e["serial"]))[:16].hex() == e["stamp"])
    must(all(count(p["entries"])[c] <= t["given"][c] for c in ("desk", "online")))


def seed(p):
    a, r = p["announcement"], p["reveal"]
    must(un(r["announcement"]) == digest(a) and sha(lp("apptdraw/v1/seed", a["draw"], un(r["seed"]))).hex() == a["commitment"])


def beacon(p):
    a, revealed = p["announcement"], p["reveal"]["beacon"]
    if "drand" in a["beacon"]:
        must("signature" in revealed)
        return sha(un(revealed["signature"]))
    must("seed" in revealed and sha(lp("apptdraw/v1/auditor", a["draw"], un(revealed["seed"]))).hex() == a["beacon"]["auditor"]["commitment"])
    return sha(un(revealed["seed"]))


def order(p):
    a, entries = p["announcement"], p["entries"]
    must(un(p["result"]["announcement"]) == digest(a))
    K = mac(un(p["reveal"]["seed"]), "apptdraw/v1/key", digest(a), beacon(p))
    rank = lambda i: (-entries[i]["cohort"], mac(K, "apptdraw/v1/rank", un(entries[i]["serial"])), entries[i]["serial"])
    must(p["result"]["order"] == sorted(range(len(entries)), key=rank))


def visits_of(p): return p["result"]["visits"].get("seats") or p["result"]["visits"].get("halfDays", {}).get("visits", [])
def of_turn(p, turn): return p["entries"][p["result"]["order"][turn - 1]]


def seats(p):
    a, visits = p["announcement"], visits_of(p)
    turns = [v["turn"] for v in visits]
    must(all(x < y for x, y in zip([0] + turns, turns)) and all(t <= len(p["entries"]) for t in turns))
    must(("seats" in p["result"]["visits"]) == (a["detail"] == "seat"))
    if a["detail"] == "seat":
        taken = set()
        for v in visits:
            e = of_turn(p, v["turn"])
            must(v["row"] < len(a["rows"]) and open_to(e, a["rows"][v["row"]]) and v["slot"] + slots_of(a, e) <= a["rows"][v["row"]]["slots"])
            own = {(v["row"], v["slot"] + i) for i in range(slots_of(a, e))}
            must(not taken & own)
            taken |= own
        return
    room = {}
    for r in a["rows"]:
        for s in range(r["slots"]):
            for key in ("all", "am" if start(r, s) < 720 else "pm"):
                room[r["day"], r["place"], key] = room.get((r["day"], r["place"], key), 0) + 1
    for v in visits:
        for key, used in (("all", slots_of(a, of_turn(p, v["turn"]))), (v["half"], 1)):
            room[v["day"], v["place"], key] = room.get((v["day"], v["place"], key), 0) - used
            must(room[v["day"], v["place"], key] >= 0)


def classes(p):
    a, groups, served = p["announcement"], {}, {v["turn"] for v in visits_of(p)}
    must(all(1 <= t <= len(p["entries"]) for t in served))
    for turn in range(1, len(p["entries"]) + 1):
        e = of_turn(p, turn)
        groups.setdefault((e["cohort"], e["quotas"] and tuple(e["quotas"]) or (), slots_of(a, e)), []).append(turn)
    must(p["result"]["classes"] == [
        {"cohort": c, "entered": len(t), "firstWithout": min(set(t) - served, default=None), "lastServed": max(set(t) & served, default=None),
         "quotas": list(q), "served": len(set(t) & served), "slots": s} for (c, q, s), t in sorted(groups.items())])


def log(p):
    a = p["announcement"]
    key, witnesses = vkey(a["log"]["key"], 1), [vkey(w, 4) for w in a["log"]["witnesses"]]
    for name, deadline in [("announcement", a["opens"]), ("freeze", published(a)), ("tickets", None), ("reveal", None), ("result", None)]:
        if p["log"][name]:
            document = p[name].encode() if name == "tickets" else J(p[name])
            seen = logged(p["log"][name], document, key, witnesses)
            must(seen is None or deadline is None or seen < deadline)


def missing(p):
    """The checks whose announced evidence is not there, of a proof in which nothing is wrong."""
    a = p["announcement"]
    key, witnesses = vkey(a["log"]["key"], 1), [vkey(w, 4) for w in a["log"]["witnesses"]]
    signed = lambda name: p["log"][name] and logged(p["log"][name], J(p[name]), key, witnesses) is not None
    return ["log"] if witnesses and not (signed("announcement") and signed("freeze")) else []


# -- wishes: what entrant and auditor check ----------------------------------------------------------
def sealed(a, wishes, commitment):
    must(1 <= len(wishes["wishes"]) <= 20 and sha(lp("apptdraw/v1/wishes", J(wishes))).hex() == commitment)
    for w in wishes["wishes"]:
        must(ascending(w["places"]) and ascending(w["weekdays"]) and ascending(w["except"]))
        must(all(x < len(a["places"]) for x in w["places"]) and all(1 <= x <= 7 for x in w["weekdays"]))


def wanted(a, e, w):
    """The seats that a wish means, the first first."""
    k, found = slots_of(a, e), []
    for i, r in enumerate(a["rows"]):
        if (open_to(e, r) and (not w["places"] or r["place"] in w["places"]) and (not w["weekdays"] or isoday(r["day"]) in w["weekdays"])
                and r["day"] not in w["except"] and (w["from"] or "") <= r["day"] <= (w["until"] or "9")):
            for s in range(r["slots"] - k + 1):
                if (w["after"] is None or start(r, s) >= minutes(w["after"])) and (w["before"] is None or start(r, s + k) <= minutes(w["before"])):
                    found.append((r["day"], start(r, s), r["quota"] is None, i, s))
    return [seat[3:] for seat in sorted(found)]


def settle(p, all_wishes, known):
    """By turn, the seat that each should have."""
    a, taken, given = p["announcement"], set(), {}
    for turn, at in enumerate(p["result"]["order"], 1):
        e, wishes = p["entries"][at], all_wishes[at]
        options = [known[turn]] if not wishes and turn in known else [s for w in (wishes or {"wishes": []})["wishes"] for s in wanted(a, e, w)]
        cells = lambda seat: {(seat[0], seat[1] + i) for i in range(slots_of(a, e))}
        seat = next((s for s in options if not cells(s) & taken), None)
        if seat:
            given[turn] = seat
            taken |= cells(seat)
    return given


def auditor(p, data):
    a, w = p["announcement"], read(data, ALL)
    wrong = failing([("wishes", lambda: must(un(w["announcement"]) == digest(a) and len(w["wishes"]) == len(p["entries"]))), (
        "wishes", lambda: [sealed(a, x, e["wishes"]) for x, e in zip(w["wishes"], p["entries"]) if x])])

    def settlement():
        visits, shown = visits_of(p), w["seats"]
        must((shown is None) == (a["detail"] == "seat"))
        if shown:
            must(sha(lp("apptdraw/v1/seats", J(shown))).hex() == p["result"]["visits"]["halfDays"]["seal"])
            halves, visits = visits, shown["seats"]
            must(halves == [{"day": a["rows"][v["row"]]["day"], "half": "am" if start(a["rows"][v["row"]], v["slot"]) < 720 else "pm",
                             "place": a["rows"][v["row"]]["place"], "turn": v["turn"]} for v in visits])
        given = {v["turn"]: (v["row"], v["slot"]) for v in visits}
        must(settle(p, w["wishes"], given) == given)

    return wrong or failing([("settlement", settlement)])


def promised(p, text, shape):
    """A document that the authority signed, of this draw."""
    body, seen = note(text, [vkey(p["announcement"]["receipts"], 1)])
    document = read(body.encode(), shape)
    must(seen and un(document["announcement"]) == digest(p["announcement"]))
    return document


def ended(p, text, own=None):
    """That an entry ended before the list was closed and is not in it, or was entered again after that."""
    end = promised(p, text, ENDED)
    must(own is None or (end["serial"] == own["serial"] and end["revision"] >= own["revision"]))
    listed = next((e for e in p["entries"] if e["serial"] == end["serial"]), None)
    must(end["at"] <= p["freeze"]["at"] and (listed is None or listed["revision"] > end["revision"]))


def entrant(p, text, end=None):
    a = p["announcement"]
    try:
        r = promised(p, text, RECEIPT)
    except Wrong:
        return ["receipt"]
    if end is not None:
        return failing([("entry", lambda: ended(p, end, r["entry"])), ("wishes", lambda: sealed(a, r["wishes"], r["entry"]["wishes"]))])
    listed = next((e for e in p["entries"] if e["serial"] == r["entry"]["serial"]), None)
    # An earlier receipt proves nothing: it needs the later one.
    replaced = listed is not None and listed["revision"] > r["entry"]["revision"]
    wrong = failing([("entry", lambda: must(replaced or listed == r["entry"])), ("wishes", lambda: sealed(a, r["wishes"], r["entry"]["wishes"]))])

    def own():
        e, turn = r["entry"], p["result"]["order"].index(p["entries"].index(r["entry"])) + 1
        if a["detail"] == "halfDay":
            got = [v for v in visits_of(p) if v["turn"] == turn]
            must(not got or any((x["day"], x["place"]) == (got[0]["day"], got[0]["place"]) for x in a["rows"]))
            return
        before = {(v["row"], v["slot"] + i) for v in visits_of(p) if v["turn"] < turn for i in range(slots_of(a, of_turn(p, v["turn"])))}
        free = (s for w in r["wishes"]["wishes"] for s in wanted(a, e, w) if not before & {(s[0], s[1] + i) for i in range(slots_of(a, e))})
        must(next(free, None) == next(((v["row"], v["slot"]) for v in visits_of(p) if v["turn"] == turn), None))

    return wrong or failing([] if replaced else [("own", own)])


def failing(checks):
    wrong = []
    for name, check in checks:
        try:
            check()
        except Wrong:
            wrong += [name] if name not in wrong else []
    return wrong


def stranger(data):
    """The names of the checks that fail, and the proof."""
    try:
        p = read(data, PROOF)
    except Wrong:
        return ["document"], None
    run = lambda *checks: failing([(c.__name__.replace("entry_", ""), lambda c=c: c(p)) for c in checks])
    if run(announcement):
        return ["announcement"], p
    wrong = run(entry_list, tickets, seed, beacon, order, log)
    return wrong + (run(seats, classes) if "order" not in wrong else []), p


def verify(data, receipt=None, wishes=None, end=None):
    wrong, p = stranger(data)
    if not wrong:
        alone = [("entry", lambda: ended(p, end))] if end is not None else []
        wrong += entrant(p, receipt, end) if receipt else failing(alone)
        wrong += auditor(p, wishes) if wishes else []
    return sorted(set(wrong))


def same(own, told, p):
    """Whether two verdicts agree; a BLS signature is beyond this program."""
    beyond = {"beacon"} if p and "drand" in p["announcement"]["beacon"] and "order" in told else set()
    return set(own) - beyond == set(told) - beyond


def vector(file):
    """Alterations of one committed draw, and how many verdicts differ."""
    part = lambda name: pathlib.Path(str(file).replace("proof.json", name)).read_bytes()
    wrong = verify(part("proof.json"), part("receipt.txt").decode(), part("wishes.json"))
    if wrong:
        return 1, [f"{file}: {wrong} should hold"]
    altered, differ = json.loads(part("altered.json")), []
    for change in altered:
        p = json.loads(part("proof.json"))
        *way, last = [int(x) if x.isdigit() else x for x in change["path"].split("/")[1:]]
        at = p
        for step in way:
            at = at[step]
        at[last] = change["value"]
        wrong, read_as = stranger(J(p))
        if not same(wrong, change["wrong"], read_as):
            differ.append(f"{file} {change['path']}: {wrong}, not {change['wrong']}")
        lacks = missing(read_as) if not wrong else []
        if lacks != change.get("missing", []):
            differ.append(f"{file} {change['path']}: {lacks} is missing, not {change.get('missing', [])}")
    return 1 + len(altered), differ


def line(text):
    draw = json.loads(text)
    wrong = verify(draw["proof"].encode(), draw["receipt"], draw["wishes"].encode(), draw["ended"])
    p = json.loads(draw["proof"])
    return bool(draw["wrong"]), [] if same(wrong, draw["wrong"], p) else [f"{p['announcement']['draw']}: {wrong}, not {draw['wrong']}"]


def compare(folder):
    with Pool() as pool:
        vectors = pool.map(vector, sorted(pathlib.Path(folder).glob("*.proof.json")), 1)
        draws = pool.map(line, sys.stdin, 20)
    differ = list(itertools.chain(*(d for _, d in vectors), *(d for _, d in draws)))
    print(f"draws: {len(vectors)} vectors with {sum(n for n, _ in vectors)} verdicts, {len(draws)} random draws "
          f"({sum(bad for bad, _ in draws)} of them tampered with): {len(differ)} verdicts differ")
    print(*differ[:20], sep="\n", end="\n" if differ else "")
    return not differ and len(vectors) > 0 and len(draws) > 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--compare"]:
        sys.exit(0 if compare(sys.argv[2]) else 1)
    names, end = sys.argv[1:], None
    if "--ended" in names:
        at = names.index("--ended")
        end = pathlib.Path(names[at + 1]).read_text()
        del names[at:at + 2]
    files = [pathlib.Path(name).read_bytes() for name in names[:3]]
    failed = verify(files[0], *(f.decode() if i == 0 else f for i, f in enumerate(files[1:])), end=end)
    lacks = [] if failed else missing(read(files[0], PROOF))
    print("wrong: " + ", ".join(failed) if failed else "missing: " + ", ".join(lacks) if lacks else "this draw holds")
    sys.exit(1 if failed else 3 if lacks else 0)
