// A person in front of the portal: opens pages, logs in with a simulated card, and looks closely
// at every page on the way.
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { WIDE, examine } from "./screen.mjs";

const require = createRequire(`${process.env.MODULES}/x.js`);
const { chromium } = require("playwright-core");

export const base = process.env.BASE.replace(/\/$/, "");

/** Opens a browser, gives the test a person in front of it, and closes it again. */
export async function withPerson(options, test) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
      "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    ],
  });
  try {
    const context = await browser.newContext({ locale: "de-DE", viewport: WIDE, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const person = new Person(page, options.javaScriptEnabled !== false);
    await test(person);
    assert.deepEqual(person.complaints, [], "the browser complained");
  } finally {
    await browser.close();
  }
}

class Person {
  constructor(page, scripts) {
    this.page = page;
    this.scripts = scripts;
    this.complaints = [];
    this.seen = new Set();
    page.on("console", (message) => {
      const text = message.text();
      // A page that explains a problem has that problem's status.
      if (message.type() === "error" && !text.startsWith("Failed to load resource")) {
        this.complaints.push(text);
      }
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol !== "data:" && hostname !== new URL(base).hostname) {
        this.complaints.push(`asked a third party: ${request.url()}`);
      }
    });
  }

  async open(path) {
    await this.page.goto(path.startsWith("http") ? path : base + path);
  }

  /** Follows a link or presses a button by its visible name. */
  async press(name) {
    const main = this.page.getByRole("main");
    const control = main.getByRole("link", { name }).or(main.getByRole("button", { name }));
    await control.first().click();
  }

  async heading() {
    return (await this.page.getByRole("heading", { level: 1 }).innerText()).trim();
  }

  async path() {
    return new URL(this.page.url()).pathname;
  }

  /** Logs in with BundID, by default with the online ID card. */
  async showCard(citizen, means = "online-id", provider = "bundid") {
    await this.page.locator(`a[href*="provider=${provider}"]`).first().click();
    await this.page.locator(`a[href*="citizen=${citizen}&"][href$="means=${means}"]`).click();
    const path = new URL(this.page.url()).pathname;
    assert.ok(this.page.url().startsWith(base), `back at the portal, not ${path}: ${await this.heading()}`);
  }

  /** Logs in at the authority's own provider, from the page that says that this is for staff. */
  async logInAsStaff(member) {
    await this.look("staff-only");
    await this.page.locator('main a.kern-btn[href*="login"]').first().click();
    await this.page.locator(`a[href$="staff=${member}"]`).click();
  }

  /** Chooses the `nth` free day and then the `nth` time on it. */
  async choose(day, time) {
    await this.page.locator(".month a").nth(day).click();
    await this.look("day");
    await this.page.locator(".slot").nth(time).click();
  }

  /** Examines the page, once in each language (screen.mjs). */
  async look(name) {
    const language = await this.page.locator("html").getAttribute("lang");
    if (this.seen.has(`${name} ${language}`)) return;
    this.seen.add(`${name} ${language}`);
    if (this.scripts) await examine(this.page, name);
  }
}
