// A demo in which most is booked: a waiting list up to the appointment, an application number, and what
// the statistics show some weeks later. Its clock is moved by lines written to CLOCK; it answers in LOG.
import test from "node:test";
import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { withPerson } from "../portal.mjs";

/** Opens a page until it shows what is waited for. */
async function openUntil(person, path, wanted, seconds) {
  const deadline = Date.now() + seconds * 1000;
  do {
    await person.open(path);
    if (await wanted.count() > 0) return;
    await person.page.waitForTimeout(1000);
  } while (Date.now() < deadline);
  assert.fail(`not so within ${seconds} seconds: ${await person.heading()}`);
}

test("who finds every day full joins the waiting list, gets an offer by e-mail and takes it", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/lea/days?service=blaue-karte-eu");
    assert.equal(await page.locator(".month a").count(), 0, "every day is full");
    await person.look("days-full");
    await person.press("In die Warteliste eintragen");
    await person.press("Jetzt anmelden");
    await person.showCard("erika");
    assert.equal(await person.heading(), "In die Warteliste eintragen");
    await person.look("waiting-join");
    await person.press("Jetzt eintragen");
    await page.getByText("Sie stehen auf der Warteliste.").waitFor();
    await person.look("waiting-place");

    const place = await person.path();
    await openUntil(person, place, page.getByRole("heading", { name: "Dieser Termin ist für Sie da" }), 60);
    await person.look("waiting-offer");
    await offerIsInTheMailbox(person);
    await person.press("Ja, ich möchte diesen Termin");
    await person.look("waiting-accept");
    await person.press("Verbindlich buchen");
    await page.locator(".code").waitFor();
    await person.look("waiting-booked");
  });
});

/** The e-mail leads to the page on which the offer can be declined without a log-in. */
async function offerIsInTheMailbox(person) {
  const mailbox = await person.page.getByRole("contentinfo").getByRole("link", { name: /Postfach/ }).getAttribute("href");
  const messages = new URL("/mailbox/messages", mailbox).href;
  const deadline = Date.now() + 15_000;
  for (;;) {
    const answer = await person.page.context().request.get(messages);
    const all = (await answer.json()).messages;
    if (all.some((message) => message.text.includes("/waiting-list/answer?token="))) return;
    assert.ok(Date.now() < deadline, "no offer came by e-mail");
    await person.page.waitForTimeout(200);
  }
}

test("the application number that the demo prints opens the times of its service", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/lea/entitlement?service=niederlassungserlaubnis");
    if (await person.heading() !== "Antragsnummer eingeben") {
      await page.locator('main a[href*="login"]').first().click();
      await person.showCard("olena", "online-id", "eid");
    }
    await person.look("entitlement");
    await page.getByLabel("Antragsnummer").fill("LEA-2027-000000");
    await person.press("Nummer prüfen");
    await page.getByText("Diese Nummer passt nicht").first().waitFor();
    await person.look("entitlement-unknown");
    await page.getByLabel("Antragsnummer").fill("LEA-2027-004711");
    await person.press("Nummer prüfen");
    await person.choose(0, 0);
    assert.equal(await person.heading(), "Termin prüfen und buchen");
    await person.press("Verbindlich buchen");
    await page.locator(".code").waitFor();
    await person.look("entitlement-booked");
  });
});

test("two months later the statistics show the month that is over", async () => {
  appendFileSync(process.env.CLOCK, "+2mo\n");
  await withPerson({}, async (person) => {
    const { page } = person;
    // Until then visits that are over are served.
    const deadline = Date.now() + 60_000;
    while (!/^ *It is /m.test(readFileSync(process.env.LOG, "utf8"))) {
      assert.ok(Date.now() < deadline, "the clock was not moved");
      await page.waitForTimeout(200);
    }
    await openUntil(person, "/de/lea/statistics", page.locator("svg .plot__bar"), 60);
    for (const language of ["de", "ar"]) {
      await person.open(`/${language}/lea/statistics`);
      assert.ok(await page.locator("svg .plot__bar").count() > 0);
      await person.look("statistics-plots");
    }
  });
});
