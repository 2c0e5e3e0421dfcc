"""The documents of section 2 of libs/draw/README.md, and how they are read."""
import datetime, json, re

V = "apptdraw/v1"


class Wrong(Exception):
    """A check that fails."""


def must(condition):
    if not condition:
        raise Wrong


def J(document): return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hexa(n): return lambda x: isinstance(x, str) and re.fullmatch("[0-9a-f]{%d}" % (2 * n), x)
def nat(top=2**53 - 1): return lambda x: type(x) is int and 0 <= x <= top
def text(x): return isinstance(x, str)
def maybe(shape): return lambda x: x is None or fits(x, shape)
def either(*shapes): return lambda x: any(fits(x, s) for s in shapes)
def day(x): return isinstance(x, str) and re.fullmatch(r"2[01]\d\d-\d\d-\d\d", x) and x >= "2020" and isoday(x)
def time(x): return isinstance(x, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", x)


def isoday(x):
    try:
        return datetime.date.fromisoformat(x).isoweekday()
    except ValueError:
        return None


def fits(value, shape):
    if isinstance(shape, dict):
        return isinstance(value, dict) and value.keys() == shape.keys() and all(fits(value[k], s) for k, s in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(x, shape[0]) for x in value)
    return bool(shape(value)) if callable(shape) else value == shape


U8, U16, U32 = 255, 65535, 2**32 - 1
CHANNEL, CHANNELS = either("desk", "online"), {"desk": nat(), "online": nat()}
ROW = {"day": day, "from": time, "minutes": nat(U16), "place": nat(U16), "quota": maybe(nat(U8)), "slots": nat(U16)}
ANNOUNCEMENT = {
    "authority": text, "closes": nat(), "cohorts": nat(U8), "commitment": hexa(32), "detail": either("seat", "halfDay"), "draw": text,
    "beacon": either({"drand": {"chain": hexa(32), "round": nat()}}, {"auditor": {"commitment": hexa(32), "name": text}}),
    "identity": {"independent": lambda x: type(x) is bool, "key": text, "stamp": hexa(32)}, "log": {"key": text, "witnesses": [text]},
    "opens": nat(), "places": [text], "quotas": [{"channel": maybe(CHANNEL), "name": text}], "receipts": text, "rows": [ROW],
    "rule": text, "service": text, "version": V, "visit": {"companionSlots": nat(U16), "companions": nat(U8), "slots": nat(U16)}}
ENTRY = {"channel": CHANNEL, "cohort": nat(U8), "companions": nat(U8), "quotas": [nat(U8)], "revision": nat(U32), "serial": hexa(16),
         "stamp": hexa(16), "wishes": hexa(32)}
VISIT, HALF = {"row": nat(U32), "slot": nat(U16), "turn": nat(U32)}, {"day": day, "half": either("am", "pm"), "place": nat(U16), "turn": nat(U32)}
FREEZE = {"announcement": hexa(32), "at": nat(), "channels": CHANNELS, "entries": nat(), "root": hexa(32), "version": V}
TICKETS = {"announcement": hexa(32), "given": CHANNELS, "key": hexa(32), "root": hexa(32), "version": V}
REVEAL = {"announcement": hexa(32), "beacon": either({"signature": hexa(48)}, {"seed": hexa(32)}), "seed": hexa(32), "version": V}
CLASS = {"cohort": nat(U8), "entered": nat(U32), "firstWithout": maybe(nat(U32)), "lastServed": maybe(nat(U32)), "quotas": [nat(U8)],
         "served": nat(U32), "slots": nat(U16)}
RESULT = {"announcement": hexa(32), "classes": [CLASS], "order": [nat(U32)], "version": V,
          "visits": either({"seats": [VISIT]}, {"halfDays": {"seal": hexa(32), "visits": [HALF]}})}
LOGGED = maybe({"proof": text, "salt": hexa(16)})
PROOF = {"announcement": ANNOUNCEMENT, "entries": [ENTRY], "freeze": FREEZE, "reveal": REVEAL, "result": RESULT, "tickets": text, "version": V,
         "log": {"announcement": LOGGED, "freeze": LOGGED, "result": LOGGED, "reveal": LOGGED, "tickets": LOGGED}}
WISH = {"after": maybe(time), "before": maybe(time), "except": [day], "from": maybe(day), "places": [nat(U16)], "until": maybe(day), "weekdays": [nat(U8)]}
WISHES = {"nonce": hexa(16), "version": V, "wishes": [WISH]}
RECEIPT = {"announcement": hexa(32), "entry": ENTRY, "received": nat(), "version": V, "wishes": WISHES}
ENDED = {"announcement": hexa(32), "at": nat(), "revision": nat(U32), "serial": hexa(16), "version": V,
         "why": either("withdrawn", "booked", "merged")}
ALL = {"announcement": hexa(32), "seats": maybe({"salt": hexa(16), "seats": [VISIT]}), "version": V, "wishes": [maybe(WISHES)]}


def read(data, shape):
    try:
        document = json.loads(data.decode())
    except ValueError:
        raise Wrong from None
    must(J(document) == (data[:-1] if data.endswith(b"\n") else data) and fits(document, shape))
    return document
