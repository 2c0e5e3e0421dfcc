// Runs the browser's verifier on the committed vectors and on draws with known verdicts (JSON lines
// on standard input), and says where it does not agree.
//
//   verify_browser.mjs FOLDER < DRAWS

import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";

import { verify } from "../../libs/draw/browser/verify.js";
import { canonical } from "../../libs/draw/browser/shapes.js";

const AUDITOR = new Set(["settlement"]);
const folder = process.argv[2];
const differ = [];
let [verdicts, draws] = [0, 0];

const failing = async (proof, receipt) =>
  (await verify(proof, { receipt })).filter(({ outcome }) => outcome === "wrong").map(({ check }) => check);

/** The signature of a drand round needs a BLS library; what only the auditor sees is not for a browser. */
function same(own, told, beyond) {
  const kept = (names) => [...new Set(names)].filter((name) => !beyond.has(name)).sort().join();
  return kept(own) === kept(told);
}

async function compare(name, proof, receipt, told, beyond = new Set()) {
  verdicts += 1;
  const own = await failing(proof, receipt);
  if (!same(own, told, beyond)) differ.push(`${name}: ${own.join()}, not ${told.join()}`);
}

const drand = (proof) => proof.includes('"beacon":{"drand"');

for (const file of readdirSync(folder).filter((name) => name.endsWith(".proof.json"))) {
  const part = (name) => readFileSync(`${folder}/${file.replace("proof.json", name)}`, "utf8");
  const proof = part("proof.json");
  await compare(file, proof, part("receipt.txt"), []);
  for (const { path, value, wrong } of JSON.parse(part("altered.json"))) {
    const altered = JSON.parse(proof);
    const way = path.split("/").slice(1);
    const last = way.pop();
    way.reduce((at, step) => at[step], altered)[last] = value;
    const beyond = path.startsWith("/reveal/beacon/signature") || path.endsWith("/round")
      ? new Set(["beacon", "order", "seats", "classes"]) : new Set();
    await compare(`${file} ${path}`, canonical(altered), undefined, wrong, beyond);
  }
}
for await (const line of createInterface({ input: process.stdin })) {
  const { proof, receipt, wrong } = JSON.parse(line);
  draws += 1;
  const beyond = new Set(AUDITOR);
  // A draw that only the auditor finds wrong may fail "wishes" there, and an entrant's "own" is ours.
  if (wrong.includes("wishes")) beyond.add("wishes");
  if (drand(proof) && wrong.includes("beacon")) ["beacon", "order", "seats", "classes"].forEach((x) => beyond.add(x));
  await compare(JSON.parse(proof).announcement?.draw, proof, receipt, wrong, beyond);
}
console.log(`browser: ${verdicts} verdicts on vectors and ${draws} random draws: ${differ.length} differ`);
differ.slice(0, 20).forEach((line) => console.log(line));
process.exit(differ.length === 0 && draws > 0 && verdicts > draws ? 0 : 1);
