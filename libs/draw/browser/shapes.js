// The documents of section 2 of the specification (../README.md), and how they are read.

export class Wrong extends Error {
  constructor(text, reason) {
    super(text);
    this.reason = reason;
  }
}

/** Stops the check that is running; the reason is one of REASONS in verify.js, by default that of the check. */
export function must(condition, text, reason) {
  if (!condition) throw new Wrong(text, reason);
}

/** The canonical form (RFC 8785): members sorted, no white space. Our names are ASCII. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

const matches = (pattern) => (x) => typeof x === "string" && pattern.test(x);
const hex = (bytes) => matches(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));
const upTo = (most) => (x) => Number.isInteger(x) && !Object.is(x, -0) && x >= 0 && x <= most;
const number = upTo(2 ** 53 - 1);
const [u8, u16, u32] = [upTo(255), upTo(65535), upTo(2 ** 32 - 1)];
const text = (x) => typeof x === "string" && x.isWellFormed();
const flag = (x) => typeof x === "boolean";
const either = (...shapes) => (x) => shapes.some((shape) => fits(x, shape));
const maybe = (shape) => either(null, shape);
const time = matches(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const day = (x) => matches(/^2[01]\d\d-\d\d-\d\d$/)(x) && x >= "2020" && weekday(x) !== null;

/** 1 for Monday to 7 for Sunday; null for a day that does not exist. */
export function weekday(text) {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return null;
  return date.getUTCDay() || 7;
}

function fits(value, shape) {
  if (typeof shape === "function") return Boolean(shape(value));
  if (shape === null || typeof shape !== "object") return value === shape;
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((x) => fits(x, shape[0]));
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const names = Object.keys(shape);
  return Object.keys(value).length === names.length
    && names.every((name) => Object.hasOwn(value, name) && fits(value[name], shape[name]));
}

const version = "apptdraw/v1";
const channel = either("desk", "online");
const channels = { desk: number, online: number };
const entry = {
  channel, cohort: u8, companions: u8, quotas: [u8], revision: u32, serial: hex(16), stamp: hex(16), wishes: hex(32),
};
const announcement = {
  authority: text,
  beacon: either(
    { drand: { chain: hex(32), round: number } },
    { auditor: { commitment: hex(32), name: text } },
  ),
  closes: number, cohorts: u8, commitment: hex(32), detail: either("seat", "halfDay"), draw: text,
  identity: { independent: flag, key: text, stamp: hex(32) },
  log: { key: text, witnesses: [text] },
  opens: number, places: [text], quotas: [{ channel: maybe(channel), name: text }], receipts: text,
  rows: [{ day, from: time, minutes: u16, place: u16, quota: maybe(u8), slots: u16 }],
  rule: text, service: text, version,
  visit: { companionSlots: u16, companions: u8, slots: u16 },
};
const logged = maybe({ proof: text, salt: hex(16) });
const visits = either(
  { seats: [{ row: u32, slot: u16, turn: u32 }] },
  { halfDays: { seal: hex(32), visits: [{ day, half: either("am", "pm"), place: u16, turn: u32 }] } },
);
const classes = [{
  cohort: u8, entered: u32, firstWithout: maybe(u32), lastServed: maybe(u32), quotas: [u8], served: u32, slots: u16,
}];
const wish = {
  after: maybe(time), before: maybe(time), except: [day], from: maybe(day), places: [u16], until: maybe(day), weekdays: [u8],
};

export const TICKETS = { announcement: hex(32), given: channels, key: hex(32), root: hex(32), version };
export const RECEIPT = {
  announcement: hex(32), entry, received: number, version, wishes: { nonce: hex(16), version, wishes: [wish] },
};
export const ENDED = {
  announcement: hex(32), at: number, revision: u32, serial: hex(16), version, why: either("withdrawn", "booked", "merged"),
};
export const PROOF = {
  announcement,
  entries: [entry],
  freeze: { announcement: hex(32), at: number, channels, entries: number, root: hex(32), version },
  log: { announcement: logged, freeze: logged, result: logged, reveal: logged, tickets: logged },
  result: { announcement: hex(32), classes, order: [u32], version, visits },
  reveal: { announcement: hex(32), beacon: either({ signature: hex(48) }, { seed: hex(32) }), seed: hex(32), version },
  tickets: text,
  version,
};

/** Reads a document that must have this shape and be in its canonical form. */
export function read(source, shape) {
  let document;
  try {
    document = JSON.parse(source);
  } catch {
    throw new Wrong("no JSON", "unreadable");
  }
  const plain = source.endsWith("\n") ? source.slice(0, -1) : source;
  must(canonical(document) === plain, "not in canonical form");
  must(fits(document, shape), "another document than expected");
  return document;
}
