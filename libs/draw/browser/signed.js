// Hashes, signed notes (C2SP), Merkle trees (RFC 6962) and proofs of inclusion in a log (C2SP).

import { hmac, sha256 } from "./sha256.js";
import { must } from "./shapes.js";

const utf8 = new TextEncoder();
export const bytes = (x) => (typeof x === "string" ? utf8.encode(x) : x);
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function unhex(text) {
  const data = new Uint8Array(text.length / 2);
  for (let i = 0; i < data.length; i += 1) data[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return data;
}

export function hex(data) {
  let text = "";
  for (const byte of data) text += DIGITS[byte];
  return text;
}
export const equal = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Each field behind its length in four bytes, big endian. */
export function lp(...fields) {
  const parts = fields.map(bytes);
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 4, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    all.set(part, at + 4);
    at += part.length + 4;
  }
  return all;
}

/** A number in eight bytes, big endian. */
export function round8(round) {
  const data = new DataView(new ArrayBuffer(8));
  data.setBigUint64(0, BigInt(round));
  return new Uint8Array(data.buffer);
}

export const sha = (...parts) => sha256(concat(...parts.map(bytes)));

/** HMAC-SHA-256 under one key, over framed fields. */
export function mac(key) {
  const keyed = hmac(key);
  return (...fields) => keyed(lp(...fields));
}

/** Base64 in its one form. */
export function unbase64(text) {
  let plain;
  try {
    plain = atob(text);
  } catch {
    must(false, "no base64");
  }
  must(btoa(plain) === text, "no base64");
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

const ED25519 = 1;
const COSIGNATURE = 4;
export const KINDS = { note: ED25519, witness: COSIGNATURE };

/** A verifier key, `name+id+key`. */
export function verifierKey(text, kind) {
  const [, name, id, encoded] = text.match(/^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u) ?? [];
  must(encoded && bytes(name).length <= 200, "no key");
  const data = unbase64(encoded);
  must(data.length === 33 && data[0] === kind, "a key of another kind");
  must(hex(sha(name, "\n", data).slice(0, 4)) === id, "a key with another id");
  return { name, id: unhex(id), kind, data: data.slice(1) };
}

async function isSigned(key, message, signature) {
  try {
    const imported = await crypto.subtle.importKey("raw", key.data, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, bytes(message));
  } catch {
    return false;
  }
}

/** The text of a note, which of `keys` signed it, and when each did (0 if it does not say). */
export async function note(source, keys) {
  const at = source.lastIndexOf("\n\n");
  must(at >= 0 && source.endsWith("\n"), "no note");
  const [text, lines] = [source.slice(0, at + 1), source.slice(at + 2, -1).split("\n")];
  must(!/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text), "control characters in a note");
  const [seen, names] = [[], []];
  for (const line of lines) {
    const [, name, encoded] = line.match(/^— ([^\s+]+) (\S+)$/u) ?? [];
    must(encoded, "no signature line");
    const data = unbase64(encoded);
    must(data.length > 4, "no signature line");
    const key = keys.find((key) => key.name === name && equal(key.id, data.slice(0, 4)));
    if (!key) continue;
    const cosigned = key.kind === COSIGNATURE;
    const when = cosigned && data.length >= 12 ? Number(new DataView(data.buffer).getBigUint64(4)) : 0;
    const message = cosigned ? `cosignature/v1\ntime ${when}\n${text}` : text;
    must(await isSigned(key, message, data.slice(cosigned ? 12 : 4)), `the signature of ${name} is wrong`);
    seen.push(when);
    names.push(key.name);
  }
  return { text, seen, names };
}

/** The largest power of two below `size`. */
function split(size) {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

const ZERO = Uint8Array.of(0);
const ONE = Uint8Array.of(1);
const node = (left, right) => sha(ONE, left, right);
export const leaf = (data) => sha(ZERO, data);

/** The root over hashes of leaves, worked out level by level; what has no sibling moves up. */
export function root(leaves) {
  if (leaves.length === 0) return sha();
  let level = leaves;
  while (level.length > 1) {
    const pairs = [];
    for (let at = 0; at < level.length; at += 2) {
      pairs.push(at + 1 < level.length ? node(level[at], level[at + 1]) : level[at]);
    }
    level = pairs;
  }
  return level[0];
}

function climb(hash, index, size, path) {
  must(index < size, "no such entry in the log");
  if (size === 1) {
    must(path.length === 0, "a path that is too long");
    return hash;
  }
  must(path.length > 0, "a path that is too short");
  const [half, last, rest] = [split(size), path.at(-1), path.slice(0, -1)];
  return index < half
    ? node(climb(hash, index, half, rest), last)
    : node(last, climb(hash, index - half, size - half, rest));
}

/** When each witness saw the document in the log, by its name. */
export async function logged(shown, document, log, witnesses) {
  const at = shown.proof.indexOf("\n\n");
  const [head, rest] = [shown.proof.slice(0, at).split("\n"), shown.proof.slice(at + 2)];
  const lines = head.filter((line) => !line.startsWith("extra "));
  const [, index] = lines[1]?.match(/^index (0|[1-9]\d*)$/) ?? [];
  must(at > 0 && lines[0] === "c2sp.org/tlog-proof@v1" && index !== undefined, "no proof of inclusion");
  const own = await note(rest, [log]);
  const [, origin, size, encoded] = own.text.match(/^([^\n]+)\n(0|[1-9]\d*)\n([^\n]+)\n$/) ?? [];
  must(own.seen.length > 0 && origin === log.name && Number(size) <= 2 ** 48, "no checkpoint of the log");
  const entry = sha(lp("fairtermin/log/v1", unhex(shown.salt), document));
  const top = climb(leaf(entry), Number(index), Number(size), lines.slice(2).map(unbase64));
  must(equal(top, unbase64(encoded)), "the document does not stand in the log");
  const { seen, names } = await note(rest, witnesses);
  const first = new Map();
  names.forEach((name, at) => first.set(name, Math.min(seen[at], first.get(name) ?? Infinity)));
  return first;
}
