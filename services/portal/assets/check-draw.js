// Checks a draw in the browser, by draw/verify.js. Nothing leaves this device: the proof, the receipt and
// the signed end are read from this site or from files. Everything else works without this script.
import { checkBeacon } from "./draw/beacon.js";
import { verify } from "./draw/verify.js";

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** What is to be checked does not come: there is no network, or the site cannot answer now. */
class Unfetched extends Error {}

/** A file that the person chose, or what is at an address; undefined if neither is there. */
async function read(input, address) {
  if (input) return input.files[0]?.text();
  if (!address) return undefined;
  try {
    const answer = await fetch(address);
    if (answer.ok) return await answer.text();
  } catch {
    // It is said below.
  }
  throw new Unfetched(address);
}

/** Why a check came out so, in the language of the page; nothing if it simply holds. */
function reasonOf(box, { reason, values }) {
  const text = reason && box.querySelector(`[data-reason="${reason}"]`)?.textContent;
  return text ? fill(text, values) : "";
}

/** What the verifier found, check by check. */
function show(box, findings) {
  for (const row of box.querySelectorAll("[data-check]")) {
    const found = findings.find(({ check }) => check === row.dataset.check);
    const cell = row.querySelector("td");
    cell.textContent = box.dataset[found?.outcome ?? "skipped"];
    row.dataset.outcome = found?.outcome ?? "skipped";
    const reason = found ? reasonOf(box, found) : "";
    if (!reason) continue;
    const why = document.createElement("span");
    why.textContent = reason;
    cell.append(document.createElement("br"), why);
  }
  box.querySelector("[data-checks]").hidden = false;
}

/** What the check of the entry says: that it stands in the list or, with its signed end, that it does not. */
function nameEntry(box, hasEnded) {
  const head = box.querySelector("[data-check=entry] th");
  if (!head) return;
  head.dataset.listed ??= head.textContent;
  head.textContent = hasEnded ? box.dataset.notListed : head.dataset.listed;
}

/** Counts and cutoffs of those who entered alike. */
function showClasses(box, { announcement, result }) {
  const rows = result.classes.map(({ cohort, quotas, slots, entered, served, lastServed, firstWithout }) => {
    const row = document.createElement("tr");
    row.className = "kern-table__row";
    const alike = [slots, ...quotas.map((quota) => announcement.quotas[quota].name)];
    if (cohort > 0) alike.push(fill(box.dataset.cohort, { draws: cohort }));
    for (const value of [alike.join(" · "), entered, served, lastServed ?? "–", firstWithout ?? "–"]) {
      const cell = document.createElement("td");
      Object.assign(cell, { className: "kern-table__cell", textContent: value });
      row.append(cell);
    }
    return row;
  });
  box.querySelector("[data-classes] tbody").replaceChildren(...rows);
  box.querySelector("[data-classes]").hidden = false;
}

/** Where the holder of the receipt stands in the list, and whose turn was theirs. */
function showPlace(box, proof, receipt) {
  const { serial } = JSON.parse(receipt.slice(0, receipt.indexOf("\n"))).entry;
  const at = proof.entries.findIndex((entry) => entry.serial === serial);
  const turn = proof.result.order.indexOf(at) + 1;
  const place = fill(box.dataset.place, { place: at + 1, all: proof.entries.length, turn });
  box.querySelector("[data-own-place]").textContent = place;
}

async function check(box) {
  const [verdict, place] = ["[data-verdict]", "[data-own-place]"].map((part) => box.querySelector(part));
  verdict.textContent = box.dataset.running;
  place.textContent = "";
  for (const table of box.querySelectorAll("[data-checks], [data-classes]")) table.hidden = true;
  // So that this is seen before the work begins.
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  const source = await read(box.querySelector("#check-proof"), box.dataset.proof);
  const receipt = await read(box.querySelector("#check-receipt"), box.dataset.receipt);
  const ended = await read(box.querySelector("#check-ended"), box.dataset.ended);
  const findings = await verify(source ?? "", { receipt, ended, checkBeacon });
  nameEntry(box, ended !== undefined);
  const reasons = (wanted) =>
    findings.filter(({ outcome }) => outcome === wanted).map((found) => reasonOf(box, found)).join(" ");
  const [wrong, missing] = [reasons("wrong"), reasons("missing")];
  show(box, findings);
  if (wrong) {
    const isNoProof = findings.some(({ check, reason }) => check === "document" && reason === "unreadable");
    verdict.textContent = isNoProof ? box.dataset.unreadable : fill(box.dataset.someWrong, { wrong });
    return;
  }
  const proof = JSON.parse(source);
  verdict.textContent = missing ? fill(box.dataset.someMissing, { why: missing }) : box.dataset.allHolds;
  showClasses(box, proof);
  if (receipt !== undefined && ended === undefined) showPlace(box, proof, receipt);
}

for (const box of document.querySelectorAll("[data-draw-check]")) {
  const button = box.querySelector("[data-start]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await check(box);
    } catch (error) {
      const { failed, unfetched } = box.dataset;
      // Else it is a browser that lacks what the verifier needs.
      const said = error instanceof Unfetched ? unfetched : fill(failed, { why: error.message });
      box.querySelector("[data-verdict]").textContent = said;
    }
    button.disabled = false;
  });
  box.hidden = false;
}
