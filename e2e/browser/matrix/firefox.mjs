// A person in front of Firefox, driven by WebDriver BiDi: with the same links and buttons as in visitor.mjs.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";
import { base } from "../portal.mjs";
import { RULES } from "../screen.mjs";
import { seen } from "../table.mjs";

const require = createRequire(`${process.env.MODULES}/x.js`);
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Firefox takes colours by a preference: 0 is dark, 1 light. */
const COLOURS = { dark: 0, light: 1 };

/** Opens Firefox, gives the test a person in front of it, and closes it again. */
export async function withFirefox({ language, colours, viewport }, test) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX,
    headless: true,
    extraPrefsFirefox: {
      "ui.prefersReducedMotion": 1,
      "layout.css.prefers-color-scheme.content-override": COLOURS[colours],
      "intl.accept_languages": language,
    },
  });
  try {
    const page = await browser.newPage();
    await page.setViewport(viewport);
    page.setDefaultTimeout(20_000);
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await test(new FirefoxVisitor(page, language, colours));
    assert.deepEqual(complaints, [], "the browser complained");
  } finally {
    await browser.close();
  }
}

class FirefoxVisitor {
  constructor(page, language, colours) {
    Object.assign(this, { page, language, colours });
  }

  async open(address) {
    await this.page.goto(`${base}/${this.language}${address}`, { waitUntil: "load" });
  }

  /** Presses the `nth` link or button that leads to another page, and is there. */
  async go(selector, nth = 0) {
    await this.page.waitForSelector(selector);
    const target = (await this.page.$$(selector))[nth];
    assert.ok(target, `${selector} at ${this.page.url()}`);
    await target.evaluate((element) => element.scrollIntoView({ block: "center" }));
    await Promise.all([this.page.waitForNavigation({ waitUntil: "load" }), target.click()]);
  }

  async type(selector, text) {
    await this.page.type(selector, text);
  }

  async sees(selector) {
    await this.page.waitForSelector(selector);
    return this.page.$eval(selector, (element) => element.innerText.trim());
  }

  async showCard(citizen) {
    await this.go('a[href*="provider=eid"]');
    await this.go(`a[href*="citizen=${citizen}&"][href$="means=online-id"]`);
    assert.ok(this.page.url().startsWith(base), `back at the portal, not at ${this.page.url()}`);
  }

  /** Examines the page: axe, and whether it scrolls sideways as wide as it is. */
  async look(name) {
    const language = await this.page.$eval("html", (html) => html.lang);
    const check = (check, run) => seen({ page: name, language, browser: "Firefox", check }, run);
    await check(`axe, ${this.colours}`, async () => {
      await this.page.evaluate(axe);
      const violations = await this.page.evaluate(async (rules) => {
        const found = await axe.run(document, { runOnly: { type: "tag", values: rules } });
        return found.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0].target})`);
      }, RULES);
      assert.deepEqual(violations, [], `${name}, ${this.colours}`);
    });
    const { width } = this.page.viewport();
    await check(`${width} pixels`, async () => {
      const wide = await this.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${name} scrolls sideways: ${wide} pixels`);
    });
    await this.page.screenshot({ path: `${process.env.OUT}/firefox-${name}-${language}-${width}.png`, fullPage: true });
  }
}
