// What was checked where: a line of JSON for each check in the file RESULTS, which matrix/print.mjs
// makes a table of. Without RESULTS nothing is written, and a check that fails ends its test.
import { appendFileSync } from "node:fs";
import assert from "node:assert/strict";

const file = process.env.RESULTS;

function write(line) {
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** Runs a check of a page in a language and a browser, and notes the outcome. */
export async function noted(where, check) {
  try {
    const result = await check();
    write({ ...where, passed: true });
    return result;
  } catch (error) {
    write({ ...where, passed: false, why: String(error.message ?? error).slice(0, 400) });
    throw error;
  }
}

/** The same, but with a table the test goes on: the table fails at its end. */
export async function seen(where, check) {
  try {
    await noted(where, check);
  } catch (error) {
    if (!file) throw error;
  }
}

/** Notes a number, and fails if it is above its limit. */
export function measured(name, language, value, most, unit) {
  write({ number: name, language, value, most, unit, passed: value <= most });
  assert.ok(value <= most, `${name} in ${language}: ${value} ${unit}, ${most} at most`);
}
