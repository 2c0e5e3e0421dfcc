// Prints what was checked, from the file that table.mjs wrote: pages x languages for each browser, checks x
// languages, numbers with their limits, and what failed. Ends with 1 if anything did.
import { readFileSync } from "node:fs";

const lines = readFileSync(process.argv[2], "utf8").trim().split("\n").map((line) => JSON.parse(line));
const numbers = lines.filter((line) => line.number);
const checks = lines.filter((line) => line.check);

const distinct = (some, key) => [...new Set(some.map((line) => line[key]))];
/** How many passed of how many: one number if all did. */
function share(some) {
  if (some.length === 0) return "";
  const passed = some.filter((line) => line.passed).length;
  return passed === some.length ? `${passed}` : `${passed}/${some.length} !`;
}

function table(title, rows) {
  console.log(`\n${title}\n`);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => `${row[column]}`.length)));
  rows.forEach((row, at) => {
    console.log(`| ${row.map((cell, column) => `${cell}`.padEnd(widths[column])).join(" | ")} |`);
    if (at === 0) console.log(`|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`);
  });
}

const languages = distinct(checks, "language");
for (const browser of distinct(checks, "browser")) {
  const here = checks.filter((line) => line.browser === browser);
  const by = (key) => distinct(here, key).map((row) => [row, ...languages.map((language) =>
    share(here.filter((line) => line[key] === row && line.language === language)))]);
  table(`${browser}: pages x languages, checks that passed`, [["page", ...languages], ...by("page")]);
  table(`${browser}: checks x languages, pages that passed`, [["check", ...languages], ...by("check")]);
}
if (numbers.length > 0) {
  const rows = numbers.map(({ number, language, value, most, unit, passed }) =>
    [number, language, value, most, unit, passed ? "" : "!"]);
  table("Numbers", [["what", "language", "is", "at most", "", ""], ...rows]);
}
const failed = lines.filter((line) => !line.passed);
for (const { page, language, browser, check, why } of failed.filter((line) => line.check)) {
  console.log(`\nfailed: ${page} in ${language}, ${browser}, ${check}: ${why}`);
}
console.log(`\n${lines.length} checks and numbers, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
