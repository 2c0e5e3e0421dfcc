// What a screen reader is told on the way to an appointment, as it was reviewed. UPDATE=1 writes it anew.
import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { noted } from "../table.mjs";
import { byMouse } from "./visitor.mjs";
import { book, cancel } from "./journeys.mjs";

const REVIEWED = new URL("tree.snapshot.txt", import.meta.url);
const where = { page: "accessibility tree", language: "de", browser: "Chromium", check: "as reviewed" };

/** Days, times, codes and addresses differ from run to run. */
const steady = (tree) => tree
  .replace(/\/url: .*/g, "/url: …")
  .replace(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/g, "CODE")
  .replace(/(Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)/g, "TAG")
  .replace(/(Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b/g, "MONAT")
  .replace(/\d+/g, "#");

test("a screen reader is told what was reviewed", () => noted(where, () => byMouse("de", async (visitor) => {
  const trees = [];
  await book(visitor, "lena-berlin", async (name) => {
    const main = await visitor.at(name === "start" ? "body" : "main").ariaSnapshot();
    // The calendar has another shape in each month.
    trees.push(`== ${name}\n${steady(main).replace(/^( *)- table [^]*?(?=^\1- |(?![^]))/gm, "$1- table …\n")}`);
  });
  await cancel(visitor);
  const told = `${trees.join("\n\n")}\n`;
  if (process.env.UPDATE) writeFileSync(REVIEWED, told);
  assert.equal(told, readFileSync(REVIEWED, "utf8"), "UPDATE=1 writes it anew; look at the difference");
})));
