// What goes wrong in real life: people go back, two want the same, a session ends while one types.
import test from "node:test";
import assert from "node:assert/strict";
import { noted } from "../table.mjs";
import { base } from "../portal.mjs";
import { byMouse } from "./visitor.mjs";
import { book, cancel } from "./journeys.mjs";

const SERVICE = "service=meldebescheinigung";

function trouble(check, language, run) {
  const where = { page: "trouble", language, browser: "Chromium", check };
  test(`${check} in ${language}`, () => noted(where, () => byMouse(language, run)));
}

for (const [language, citizen] of [["de", "erika"], ["ar", "oezguer"]]) {
  trouble("back after every step", language, async (visitor) => {
    const { page } = visitor;
    const heading = () => page.locator("h1").innerText();
    let before = null;
    await book(visitor, citizen, async () => {
      const here = await heading();
      const isOurs = before !== null && await goBackAndForward(page);
      if (isOurs) assert.equal(await heading(), here, "back and forward leads to the same page");
      before = here;
    });
    await cancel(visitor);
  });
}

/** Whether the page before this one is the portal's. It is shown, and this one again. */
async function goBackAndForward(page) {
  const answer = await page.goBack();
  const isOurs = page.url().startsWith(base);
  if (isOurs && answer) assert.ok(answer.status() < 500, `${answer.status()} at ${page.url()}`);
  await page.goForward();
  return isOurs;
}

trouble("two browsers racing", "de", async (first) => {
  await first.openLoggedIn(`/buergeramt/days?${SERVICE}`, "marlene");
  await byMouse("de", async (second) => {
    await second.openLoggedIn(`/buergeramt/days?${SERVICE}`, "olena");
    const both = [first, second];
    for (const visitor of both) {
      await visitor.go(".free-days ol a", 2);
      await visitor.at("button.slot").waitFor();
    }
    await Promise.all(both.map((visitor) => visitor.go("button.slot")));
    const holds = both.map((visitor) => new URL(visitor.page.url()).searchParams.get("hold"));
    assert.ok(holds.some(Boolean), "one of two has it");
    assert.equal(new Set(holds).size, 2, "no reservation belongs to both");
    for (const visitor of both.filter((_, at) => holds[at])) {
      await visitor.go('button[formaction$="/release"]');
    }
    // Whoever was slower is led on.
    for (const visitor of both.filter((_, at) => !holds[at])) {
      assert.ok(await visitor.page.locator('main a[href*="/day"], main .slot').count() > 0);
    }
  });
});

trouble("a session ends while one types", "de", async (visitor) => {
  await visitor.openLoggedIn(`/buergeramt/address?back=/de/appointments`, "suharto");
  await visitor.type("#email", "suharto@example.org");
  await visitor.page.context().clearCookies();
  await visitor.go("main form button.kern-btn--primary");
  assert.match(await visitor.page.title(), /^Fehler: /);
  await visitor.go('main .actions a[href*="/login/start"]');
  await visitor.showCard("suharto");
  assert.equal(await visitor.at("#email").inputValue(), "suharto@example.org", "what was typed is there");
});

trouble("no cookies", "de", async (visitor) => {
  const context = visitor.page.context();
  const start = await context.request.get(`${base}/de/login/start?back=/de/appointments`, { maxRedirects: 0 });
  await context.clearCookies();
  await visitor.page.goto(new URL(start.headers().location, base).href);
  assert.match(await visitor.page.title(), /^Fehler: /);
  assert.ok(await visitor.page.locator("main .actions a").count() > 0, "a way on");
});
