// Runs the browser's verifier on the committed vectors and on draws with known verdicts (JSON lines
// on standard input), and says where it does not agree.
//
//   verify_browser.mjs FOLDER < DRAWS
//   verify_browser.mjs --time PROOF       how long one proof takes

import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";

import { checkBeacon } from "../../libs/draw/browser/beacon.js";
import { hmac, sha256 } from "../../libs/draw/browser/sha256.js";
import { hex } from "../../libs/draw/browser/signed.js";
import { verify } from "../../libs/draw/browser/verify.js";
import { canonical } from "../../libs/draw/browser/shapes.js";

const folder = process.argv[2];
if (folder === "--time") {
  const proof = readFileSync(process.argv[3], "utf8");
  const [started, before] = [performance.now(), process.cpuUsage()];
  const findings = await verify(proof, { checkBeacon });
  const wrong = findings.filter(({ outcome }) => outcome === "wrong").map(({ check }) => check);
  const { user, system } = process.cpuUsage(before);
  const [cpu, wall] = [(user + system) / 1e6, (performance.now() - started) / 1000];
  console.log(`browser  ${cpu.toFixed(2)} s of one core (target < 10 s), ${wall.toFixed(2)} s by the clock ${wrong.join()}`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
const differ = [];
let [verdicts, draws, ends] = [0, 0, 0];

for (let length = 0; length < 300; length += 1) {
  const [data, key] = [randomBytes(length), randomBytes(32)];
  const own = hex(sha256(data)) + hex(hmac(key)(data));
  const nodes = createHash("sha256").update(data).digest("hex") + createHmac("sha256", key).update(data).digest("hex");
  if (own !== nodes) differ.push(`SHA-256 or HMAC of ${length} bytes`);
}

// A pairing takes a tenth of a second, and few rounds occur.
const rounds = new Map();
function beacon(round, signature) {
  const key = `${round} ${hex(signature)}`;
  if (!rounds.has(key)) rounds.set(key, checkBeacon(round, signature));
  return rounds.get(key);
}

const failing = async (proof, receipt, ended) => {
  const findings = await verify(proof, { receipt, ended, checkBeacon: beacon });
  const named = (wanted) => findings.filter(({ outcome }) => outcome === wanted).map(({ check }) => check);
  return { wrong: named("wrong"), missing: named("missing") };
};

/** Without the checks in `beyond`: what only the auditor sees is not for a browser. */
function same(own, told, beyond) {
  const kept = (names) => [...new Set(names)].filter((name) => !beyond.has(name)).sort().join();
  return kept(own) === kept(told);
}

async function compare(name, proof, { receipt, ended }, told, { beyond = new Set(), lacks } = {}) {
  verdicts += 1;
  const { wrong, missing } = await failing(proof, receipt ?? undefined, ended ?? undefined);
  if (!same(wrong, told, beyond)) differ.push(`${name}: ${wrong.join()}, not ${told.join()}`);
  if (lacks && missing.join() !== lacks.join()) differ.push(`${name}: ${missing.join()} is missing, not ${lacks.join()}`);
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".proof.json"))) {
  const part = (name) => readFileSync(`${folder}/${file.replace("proof.json", name)}`, "utf8");
  const proof = part("proof.json");
  await compare(file, proof, { receipt: part("receipt.txt") }, []);
  for (const { path, value, wrong, missing } of JSON.parse(part("altered.json"))) {
    const altered = JSON.parse(proof);
    const way = path.split("/").slice(1);
    const last = way.pop();
    way.reduce((at, step) => at[step], altered)[last] = value;
    await compare(`${file} ${path}`, canonical(altered), {}, wrong, { lacks: missing ?? [] });
  }
}
for await (const line of createInterface({ input: process.stdin })) {
  const { proof, receipt, ended, wrong } = JSON.parse(line);
  draws += 1;
  ends += ended === null ? 0 : 1;
  // `wishes` may be those of all, which the auditor has.
  await compare(JSON.parse(proof).announcement?.draw, proof, { receipt, ended }, wrong, { beyond: new Set(["settlement", "wishes"]) });
}
console.log(`browser: ${verdicts} verdicts on vectors and ${draws} random draws, ${ends} of them with a signed end: ${differ.length} differ`);
differ.slice(0, 20).forEach((line) => console.log(line));
process.exit(differ.length === 0 && draws > 0 && ends > 0 && verdicts > draws ? 0 : 1);
