// Verifies a draw: an implementation of its own, written from the specification (../README.md), for a
// browser or Node, without any library. The one exception is the signature of the public beacon:
// pass `checkBeacon` of beacon.js, which brings a BLS library, or `beacon` is reported as not shown.

import { ENDED, PROOF, RECEIPT, TICKETS, Wrong, canonical, must, read, weekday } from "./shapes.js";
import { KINDS, hex, leaf, logged, lp, mac, note, root, sha, unhex, verifierKey } from "./signed.js";

/**
 * Why a check did not simply hold, for programs that say it in other languages: of those that stand open, of evidence
 * that is missing, and of mistakes that need a sentence of their own. Every other mistake has `wrong-` and its check.
 */
export const REASONS = [
  "own-identity", "half-days", "no-beacon", "not-logged", "no-witness", "some-witnesses", "later-receipt",
  "entered-again", "earlier-wish", "unwitnessed", "unreadable", "late", "dropped", "passed-over",
];

/** What a check says that is not wrong and does not simply hold. */
const open = (reason, text) => ({ outcome: "notShown", reason, text, values: {} });

const CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const start = (row, slot) => minutes(row.from) + row.minutes * slot;
const slotsOf = (draw, entry) => draw.visit.slots + draw.visit.companionSlots * entry.companions;
const published = (draw) => (draw.beacon.drand ? 1692803367 + 3 * (draw.beacon.drand.round - 1) : null);
const openTo = (entry, row) => row.quota === null || entry.quotas.includes(row.quota);
const ascending = (list) => list.length <= 200 && list.every((x, at) => at === 0 || list[at - 1] < x);
const visitsOf = (proof) => proof.result.visits.seats ?? proof.result.visits.halfDays.visits;
const ofTurn = (proof, turn) => proof.entries[proof.result.order[turn - 1]];
const byChannel = (entries) => {
  const online = entries.filter((entry) => entry.channel === "online").length;
  return { desk: entries.length - online, online };
};

const STRANGER = {
  async announcement({ announcement: draw }) {
    const texts = [[draw.authority, 200], [draw.service, 200], [draw.draw, 64], [draw.rule, 2000]];
    texts.push(...[...draw.places, ...draw.quotas.map((quota) => quota.name)].map((name) => [name, 200]));
    if (draw.beacon.auditor) texts.push([draw.beacon.auditor.name, 200]);
    for (const [text, most] of texts) {
      const length = [...text].length;
      must(length >= 1 && length <= most && !/[\u0000-\u001f\u007f-\u009f]/.test(text), "a text");
    }
    for (const key of [draw.identity.key, draw.receipts, draw.log.key]) verifierKey(key, KINDS.note);
    const names = new Set();
    for (const key of draw.log.witnesses) names.add((verifierKey(key, KINDS.witness)).name);
    must(names.size === draw.log.witnesses.length && names.size <= 16, "the witnesses");
    must(draw.opens < draw.closes, "the entry window");
    if (draw.beacon.drand) {
      must(draw.beacon.drand.chain === CHAIN && draw.beacon.drand.round > 0, "the beacon's network");
      must(published(draw) >= draw.closes + 1800, "the beacon comes too early");
    }
    must(draw.places.length >= 1 && draw.places.length <= 1000 && draw.quotas.length <= 16, "places and quotas");
    must(draw.rows.length >= 1 && draw.rows.length <= 100_000, "rows");
    must(draw.rows.reduce((sum, row) => sum + row.slots, 0) <= 1_000_000, "slots");
    must(draw.visit.slots >= 1 && slotsOf(draw, draw.visit) <= 48, "the length of a visit");
    for (const row of draw.rows) {
      must(row.place < draw.places.length && (row.quota === null || row.quota < draw.quotas.length), "a row");
      must(row.minutes > 0 && row.slots > 0 && start(row, row.slots) <= 1440, "a row");
    }
  },

  async list({ announcement: draw, entries, freeze }, digest) {
    must(freeze.announcement === digest, "of another announcement");
    must(freeze.at >= draw.closes && (published(draw) ?? Infinity) > freeze.at, "frozen at a wrong time");
    must(freeze.entries === entries.length, "another number of entries");
    must(canonical(freeze.channels) === canonical(byChannel(entries)), "other counts");
    must(entries.every((entry, at) => at === 0 || entries[at - 1].serial < entry.serial), "a ticket stands twice");
    for (const entry of entries) {
      must(entry.cohort <= draw.cohorts && entry.companions <= draw.visit.companions, "an entry");
      must(ascending(entry.quotas), "an entry's quotas");
      for (const quota of entry.quotas) {
        const channel = draw.quotas[quota]?.channel;
        must(channel === null || channel === entry.channel, "an entry's quotas");
      }
    }
    const leaves = entries.map((entry) => leaf(canonical(entry)));
    must(hex(root(leaves)) === freeze.root, "not the frozen entries");
  },

  async tickets({ announcement: draw, entries, freeze, tickets: source }, digest) {
    const { text, seen } = await note(source, [verifierKey(draw.identity.key, KINDS.note)]);
    must(seen.length > 0, "not signed by identity");
    const said = read(text, TICKETS);
    must(said.announcement === digest && said.root === freeze.root, "of another list");
    must(hex(sha(lp("apptdraw/v1/stamp-key", draw.draw, unhex(said.key)))) === draw.identity.stamp, "another key");
    const stamp = mac(unhex(said.key));
    for (const entry of entries) {
      const own = stamp("apptdraw/v1/stamp", draw.draw, entry.channel, unhex(entry.serial));
      must(hex(own.slice(0, 16)) === entry.stamp, `ticket ${entry.serial} is not from identity`);
    }
    const entered = byChannel(entries);
    must(entered.desk <= said.given.desk && entered.online <= said.given.online, "more entries than tickets");
    if (!draw.identity.independent) {
      return open("own-identity", "the authority runs identity itself: invented entries are not excluded");
    }
  },

  async seed({ announcement: draw, reveal }, digest) {
    must(reveal.announcement === digest, "of another announcement");
    must(hex(sha(lp("apptdraw/v1/seed", draw.draw, unhex(reveal.seed)))) === draw.commitment, "another seed");
  },

  async beacon({ announcement: draw, reveal }, digest, checkBeacon) {
    randomness(draw, reveal);
    if (!draw.beacon.drand) return;
    if (!checkBeacon) {
      return open("no-beacon", "no BLS library to check the signature with");
    }
    must(await checkBeacon(draw.beacon.drand.round, unhex(reveal.beacon.signature)), "not the round's signature");
  },

  async order({ announcement: draw, entries, reveal, result }, digest, checkBeacon) {
    must(result.announcement === digest, "of another announcement");
    const B = randomness(draw, reveal);
    if (draw.beacon.drand && checkBeacon) {
      must(await checkBeacon(draw.beacon.drand.round, unhex(reveal.beacon.signature)), "no beacon to order by");
    }
    const K = mac(unhex(reveal.seed))("apptdraw/v1/key", unhex(digest), B);
    const rank = mac(K);
    const ranks = entries.map((entry) => hex(rank("apptdraw/v1/rank", unhex(entry.serial))));
    const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    const order = entries.map((_, at) => at).sort((a, b) =>
      entries[b].cohort - entries[a].cohort || before(ranks[a], ranks[b]) || before(entries[a].serial, entries[b].serial));
    must(canonical(order) === canonical(result.order), "another order");
  },

  async seats(proof) {
    const { announcement: draw, entries, result } = proof;
    const visits = visitsOf(proof);
    must(visits.every((visit, at) => visit.turn > (at ? visits[at - 1].turn : 0) && visit.turn <= entries.length), "turns");
    must(Boolean(result.visits.seats) === (draw.detail === "seat"), "not as detailed as announced");
    return draw.detail === "seat" ? exactSeats(proof, visits) : halfDays(proof, visits);
  },

  async classes(proof) {
    const { announcement: draw, entries, result } = proof;
    const served = new Set(visitsOf(proof).map((visit) => visit.turn));
    must([...served].every((turn) => turn >= 1 && turn <= entries.length), "turns");
    const found = new Map();
    for (let turn = 1; turn <= entries.length; turn += 1) {
      const { cohort, quotas, companions } = ofTurn(proof, turn);
      const slots = slotsOf(draw, { companions });
      const key = canonical([cohort, quotas, slots]);
      const one = found.get(key)
        ?? { cohort, entered: 0, firstWithout: null, lastServed: null, quotas, served: 0, slots };
      found.set(key, one);
      one.entered += 1;
      if (served.has(turn)) {
        one.served += 1;
        one.lastServed = turn;
      } else {
        one.firstWithout ??= turn;
      }
    }
    const lists = (a, b) => {
      const at = a.findIndex((x, i) => x !== b[i]);
      return at < 0 ? a.length - b.length : at >= b.length ? 1 : a[at] - b[at];
    };
    const sorted = [...found.values()].sort((a, b) =>
      a.cohort - b.cohort || lists(a.quotas, b.quotas) || a.slots - b.slots);
    must(canonical(sorted) === canonical(result.classes), "other counts or cutoffs");
  },

  async log(proof) {
    const { announcement: draw, log } = proof;
    const key = verifierKey(draw.log.key, KINDS.note);
    const witnesses = draw.log.witnesses.map((text) => verifierKey(text, KINDS.witness));
    const deadlines = { announcement: draw.opens, freeze: published(draw), tickets: null, reveal: null, result: null };
    const [unlogged, unseen] = [[], []];
    let fewest = witnesses.length;
    for (const [name, deadline] of Object.entries(deadlines)) {
      // Witnesses have to have seen these two.
      const isBound = ["announcement", "freeze"].includes(name);
      let inTime = 0;
      if (log[name]) {
        const document = name === "tickets" ? proof.tickets : canonical(proof[name]);
        const seen = [...(await logged(log[name], document, key, witnesses)).values()];
        inTime = seen.filter((when) => deadline === null || when < deadline).length;
        must(seen.length === 0 || inTime > 0, `${name} was logged too late`, "late");
        if (isBound && inTime === 0 && (witnesses.length > 0 || deadline !== null)) unseen.push(name);
      } else {
        unlogged.push(name);
      }
      if (isBound) fewest = Math.min(fewest, inTime);
    }
    const all = witnesses.length;
    const texts = unlogged.map((name) => `${name} is not shown to stand in the log`);
    const nobody = all > 0 ? `0 of ${all} witnesses signed` : "no witness is announced";
    texts.push(...unseen.map((name) => `when the ${name} was in the log (${nobody})`));
    const text = texts.join("; ");
    if (all > 0 && fewest === 0) return { outcome: "missing", reason: "unwitnessed", text, values: { all } };
    if (unlogged.length > 0) return open("not-logged", text);
    if (unseen.length > 0) return open("no-witness", text);
    if (fewest < all) {
      const some = `${fewest} of ${all} witnesses saw it in time`;
      return { outcome: "holds", reason: "some-witnesses", text: some, values: { signed: fewest, all } };
    }
  },
};

/** The number from the second source of chance. */
function randomness(draw, reveal) {
  const { signature, seed } = reveal.beacon;
  if (draw.beacon.drand) {
    must(signature, "a seed in the place of a signature");
    return sha(unhex(signature));
  }
  must(seed, "a signature in the place of a seed");
  const own = hex(sha(lp("apptdraw/v1/auditor", draw.draw, unhex(seed))));
  must(own === draw.beacon.auditor.commitment, "another seed of the auditor");
  return sha(unhex(seed));
}

function exactSeats(proof, visits) {
  const draw = proof.announcement;
  const taken = new Set();
  for (const visit of visits) {
    const [entry, row] = [ofTurn(proof, visit.turn), draw.rows[visit.row]];
    must(row && openTo(entry, row) && visit.slot + slotsOf(draw, entry) <= row.slots, `turn ${visit.turn}: no such seat`);
    for (const slot of cells(visit, slotsOf(draw, entry))) {
      must(!taken.has(slot), `turn ${visit.turn}: the seat went before`);
      taken.add(slot);
    }
  }
}

function halfDays(proof, visits) {
  const room = new Map();
  const change = (key, by) => room.set(key, (room.get(key) ?? 0) + by).get(key);
  for (const row of proof.announcement.rows) {
    for (let slot = 0; slot < row.slots; slot += 1) {
      change(`${row.day} ${row.place}`, 1);
      change(`${row.day} ${row.place} ${start(row, slot) < 720 ? "am" : "pm"}`, 1);
    }
  }
  for (const { day, place, half, turn } of visits) {
    const slots = slotsOf(proof.announcement, ofTurn(proof, turn));
    must(change(`${day} ${place}`, -slots) >= 0 && change(`${day} ${place} ${half}`, -1) >= 0, "a half day is overfull");
  }
  return open("half-days", "exact seats are for the auditor");
}

const cells = ({ row, slot }, slots) => Array.from({ length: slots }, (_, at) => `${row} ${slot + at}`);

/** The seats that a wish means, the first first. */
function wanted(draw, entry, wish) {
  const slots = slotsOf(draw, entry);
  const found = [];
  draw.rows.forEach((row, at) => {
    const suits = openTo(entry, row)
      && (wish.places.length === 0 || wish.places.includes(row.place))
      && (wish.weekdays.length === 0 || wish.weekdays.includes(weekday(row.day)))
      && !wish.except.includes(row.day)
      && (wish.from === null || wish.from <= row.day) && (wish.until === null || row.day <= wish.until);
    for (let slot = 0; suits && slot + slots <= row.slots; slot += 1) {
      const late = wish.after === null || start(row, slot) >= minutes(wish.after);
      const early = wish.before === null || start(row, slot + slots) <= minutes(wish.before);
      if (late && early) found.push({ row: at, slot, day: row.day, start: start(row, slot), open: Number(row.quota === null) });
    }
  });
  const before = (a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0);
  return found.sort((a, b) => before(a, b) || a.start - b.start || a.open - b.open || a.row - b.row || a.slot - b.slot);
}

const REPLACED = open("later-receipt", "a later revision replaced this receipt: use the receipt of that one");

const ENTRANT = {
  async entry({ entries }, { entry }) {
    const listed = entries.find((one) => one.serial === entry.serial);
    const dropped = "the list does not have this ticket: the authority must show a signed end, or the receipt proves a broken promise";
    must(listed, dropped, "dropped");
    if (listed.revision > entry.revision) return REPLACED;
    must(canonical(listed) === canonical(entry), "the list has other words than the receipt: a broken promise");
  },

  async wishes({ announcement: draw }, { entry, wishes }) {
    must(wishes.wishes.length >= 1 && wishes.wishes.length <= 20, "the number of wishes");
    for (const wish of wishes.wishes) {
      must([wish.places, wish.weekdays, wish.except].every(ascending), "a wish");
      must(wish.places.every((place) => place < draw.places.length), "a wish's places");
      must(wish.weekdays.every((one) => one >= 1 && one <= 7), "a wish's weekdays");
    }
    must(hex(sha(lp("apptdraw/v1/wishes", canonical(wishes)))) === entry.wishes, "not the sealed wishes");
  },

  async own(proof, { entry, wishes }) {
    const { announcement: draw, entries, result } = proof;
    if (entries.find((one) => one.serial === entry.serial).revision > entry.revision) return REPLACED;
    const turn = result.order.indexOf(entries.findIndex((one) => one.serial === entry.serial)) + 1;
    const got = visitsOf(proof).find((visit) => visit.turn === turn);
    if (draw.detail === "halfDay") {
      const wished = (wish) => (wish.places.length === 0 || wish.places.includes(got.place))
        && (wish.weekdays.length === 0 || wish.weekdays.includes(weekday(got.day))) && !wish.except.includes(got.day)
        && (wish.from === null || wish.from <= got.day) && (wish.until === null || got.day <= wish.until);
      must(!got || wishes.wishes.some(wished), "a day and place that you did not wish");
      return open("earlier-wish", "whether an earlier wish was still free only the auditor sees");
    }
    const earlier = visitsOf(proof).filter((visit) => visit.turn < turn);
    const taken = new Set(earlier.flatMap((visit) => cells(visit, slotsOf(draw, ofTurn(proof, visit.turn)))));
    const free = (seat) => cells(seat, slotsOf(draw, entry)).every((slot) => !taken.has(slot));
    const best = wishes.wishes.flatMap((wish) => wanted(draw, entry, wish)).find(free);
    must(best || !got, "a seat that you did not wish");
    must(!best || got, "a wish was still free at your turn", "passed-over");
    must(!best || (best.row === got.row && best.slot === got.slot), "a better wish was still free at your turn", "passed-over");
  },
};

/** A document that the authority signed, of this draw. */
async function promised(source, shape, { announcement }, digest) {
  const { text, seen } = await note(source, [verifierKey(announcement.receipts, KINDS.note)]);
  must(seen.length > 0, "not signed by the authority");
  const said = read(text, shape);
  must(said.announcement === digest, "of another draw");
  return said;
}

/** That an entry ended before the list was closed and is not in it; `own` is that of the receipt, if there is one. */
function absent({ entries, freeze }, end, own) {
  must(!own || end.serial === own.serial, "the end is of another entry");
  must(!own || end.revision >= own.revision, "the receipt is of a later revision than the one that ended");
  must(end.at <= freeze.at, "the entry ended after the list was closed: a broken promise");
  const listed = entries.find((one) => one.serial === end.serial);
  if (listed?.revision > end.revision) return open("entered-again", "it was entered again after this end: check with the later receipt");
  must(!listed, "the list has the entry that ended: a broken promise");
}

async function run(findings, check, work) {
  try {
    const said = await work();
    findings.push({ check, outcome: "holds", reason: null, text: "", values: {}, ...said });
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    findings.push({ check, outcome: "wrong", reason: error.reason ?? `wrong-${check}`, text: error.message, values: {} });
  }
}

/**
 * Makes all checks of a stranger and, with a receipt, of an entrant. With the signed end of an entry that ended
 * before the list was closed it checks that instead, beside the receipt or alone.
 *
 * @param {string} source the published proof
 * @param {{receipt?: string, ended?: string, checkBeacon?: (round: number, signature: Uint8Array) => boolean}} options
 * @returns {Promise<{check: string, outcome: "holds" | "notShown" | "missing" | "wrong",
 *   reason: string | null, text: string, values: Record<string, number>}[]>} `missing`: nothing is wrong, and the draw is
 *   not shown to be right; `reason` is one of REASONS or `wrong-` and the check, `text` says it in English
 */
export async function verify(source, { receipt, ended, checkBeacon } = {}) {
  const findings = [];
  const failed = (...checks) =>
    findings.some(({ check, outcome }) => outcome === "wrong" && (checks.length === 0 || checks.includes(check)));
  let proof;
  await run(findings, "document", async () => void (proof = read(source, PROOF)));
  if (failed()) return findings;
  findings.length = 0;
  const digest = hex(sha(canonical(proof.announcement)));
  for (const [name, check] of Object.entries(STRANGER)) {
    if (failed("announcement") || (["seats", "classes"].includes(name) && failed("order"))) continue;
    await run(findings, name, () => check(proof, digest, checkBeacon));
  }
  if ((receipt === undefined && ended === undefined) || failed()) return findings;
  const end = async (entry) => absent(proof, await promised(ended, ENDED, proof, digest), entry);
  if (receipt === undefined) {
    await run(findings, "entry", () => end());
    return findings;
  }
  let own;
  await run(findings, "receipt", async () => void (own = await promised(receipt, RECEIPT, proof, digest)));
  const checks = ended === undefined ? ENTRANT : { entry: (_, { entry }) => end(entry), wishes: ENTRANT.wishes };
  for (const [name, check] of Object.entries(checks)) {
    if (failed("receipt") || (name === "own" && failed())) continue;
    await run(findings, name, () => check(proof, own));
  }
  return findings;
}
