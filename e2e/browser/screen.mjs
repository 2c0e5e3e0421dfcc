// Looks closely at a page: with a screen reader's eyes, in light and dark, on a narrow screen, with large text.
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { seen } from "./table.mjs";

const require = createRequire(`${process.env.MODULES}/x.js`);
const { AxeBuilder } = require("@axe-core/playwright");

export const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
export const WIDE = { width: 1100, height: 900 };
const NARROW = { width: 320, height: 700 };
/** Large text at 320 pixels belongs to the whole matrix. */
const ALL = Boolean(process.env.ALL);

/** Examines the page that is open, and leaves it as wide as before. */
export async function examine(page, name) {
  const language = await page.locator("html").getAttribute("lang");
  const check = (check, run) => seen({ page: name, language, browser: "Chromium", check }, run);
  const before = page.viewportSize();
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of ["light", "dark"]) {
    await check(`axe, ${colorScheme}`, () => accessible(page, `${name} in ${colorScheme}`, colorScheme));
  }
  await page.emulateMedia({ colorScheme: "light" });
  await check("title, heading, texts", () => says(page, name));
  await page.screenshot({ path: `${process.env.OUT}/${name}-${language}.png`, fullPage: true });
  await page.setViewportSize(NARROW);
  await check("320 pixels", () => fits(page, name));
  await page.screenshot({ path: `${process.env.OUT}/${name}-${language}-320.png`, fullPage: true });
  if (ALL) await check("320 pixels, text at 200 %", () => fitsLarge(page, name));
  await page.setViewportSize(before);
}

async function accessible(page, where, colorScheme) {
  await page.emulateMedia({ colorScheme });
  // The pages have no foreign frames: without the "legacy mode" each analysis opens a page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  // What is dark differs in its colours alone, so the short set measures those.
  const chosen = ALL || colorScheme === "light" ? axe.withTags(RULES) : axe.withRules(["color-contrast"]);
  const { violations } = await chosen.analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0].target})`);
  assert.deepEqual(told, [], where);
}

/** A title that says where one is, one heading of the first level, and no text that is missing. */
async function says(page, name) {
  assert.match(await page.title(), /\S - \S/, name);
  assert.equal(await page.locator("h1").count(), 1, name);
  assert.equal(await page.getByText(/^\[[a-z-]+\]$/).count(), 0, `${name}: a text is missing`);
}

async function fits(page, name) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= NARROW.width, `${name} scrolls sideways: ${width} pixels`);
}

async function fitsLarge(page, name) {
  const setSize = (size) => page.evaluate((size) => { document.documentElement.style.fontSize = size; }, size);
  await setSize("200%");
  try {
    await fits(page, `${name}, text at 200 %,`);
  } finally {
    await setSize("");
  }
}
