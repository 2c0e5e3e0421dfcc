// The front desk, and what only those who run the office see there.
import test from "node:test";
import assert from "node:assert/strict";
import { withPerson } from "./portal.mjs";

for (const [member, runsTheOffice] of [["buergeramt-clerk", false], ["buergeramt-supervisor", true]]) {
  test(`${member} works at the desk`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      await person.open("/de/buergeramt/desk");
      await person.logInAsStaff(member);
      assert.equal(await person.heading(), "Empfang");
      await person.press("Heutige Termine zeigen");
      await person.look(`desk-${member}`);
      const told = await page.getByText("Diese Angaben gelten seit").count();
      assert.equal(told, runsTheOffice ? 1 : 0, "which catalogue is in force");
      await page.getByLabel("Terminnummer der Person").fill("nichts");
      await person.press("Suchen");
      await page.getByText("So sieht keine Terminnummer aus.").waitFor();
      await person.look(`desk-${member}-malformed`);
    });
  });
}

/** Opens the form for a draw. A demo that has just begun first announces its draw. */
async function openEntry(person) {
  const entry = person.page.getByRole("link", { name: /^In die Verlosung eintragen: Kopien beglaubigen/ });
  const deadline = Date.now() + 60_000;
  do {
    await person.open("/de/buergeramt/desk");
    if (await entry.count() > 0) return entry.first().click();
    await person.page.waitForTimeout(500);
  } while (Date.now() < deadline);
  assert.fail("the desk leads to no draw");
}

for (const language of ["de", "ar"]) {
  test(`the desk's forms for people without online ID are accessible in ${language}`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      await person.open("/de/buergeramt/desk");
      await person.logInAsStaff("buergeramt-clerk");
      await openEntry(person);
      await person.open((await person.path()).replace("/de/", `/${language}/`));
      await person.look("desk-draw");
      await page.locator("#family-name").fill("Özoğuz");
      await page.locator("main form button[type=submit]").click();
      await page.locator("#birth-date-error").waitFor();
      assert.equal(await page.locator("#family-name").inputValue(), "Özoğuz", "what was typed is there");
      await person.look("desk-draw-missing");
      await person.open(`/${language}/buergeramt/desk/cases`);
      await page.locator("#code").fill("nichts");
      await page.locator("main form button[type=submit]").click();
      await page.locator("#code-error").waitFor();
      await person.look("desk-case-malformed");
    });
  });
}

/** Pages of staff that need no choice before: whose staff, and the page. */
const PAGES = {
  "desk-book": ["buergeramt-clerk", "/buergeramt/desk/book"],
  "desk-calls": ["buergeramt-clerk", "/buergeramt/desk/calls"],
  "desk-draw-entry": ["buergeramt-clerk", "/buergeramt/desk/draw-entries"],
  "desk-leave-list": ["buergeramt-clerk", "/buergeramt/desk/waiting-list/leave"],
  "desk-date": ["lea-clerk", "/lea/desk/assigned-dates"],
  "desk-open-dates": ["lea-clerk", "/lea/desk/assigned-dates?place=friedrich-krause-ufer"],
};

for (const language of ["de", "ar"]) {
  for (const [name, [member, address]] of Object.entries(PAGES)) {
    test(`${name} is accessible in ${language}, empty and sent`, async () => {
      await withPerson({}, async (person) => {
        const { page } = person;
        await person.open(`/${language}${address}`);
        await person.logInAsStaff(member);
        await person.look(name);
        await page.locator("main form button[type=submit]").first().click();
        // A form says what it lacks; the calls of a place are there, or nobody is to be called.
        await page.locator(".kern-error, main [role=status], main article").first().waitFor();
        await person.look(`${name}-sent`);
      });
    });
  }
}

test("what a clerk typed goes along into another language, and the enter key chooses none", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    const readIn = async (language) => {
      await page.locator(".masthead__languages summary").click();
      await page.getByRole("button", { name: language }).click();
    };
    await person.open("/de/buergeramt/desk/waiting-list/leave");
    await person.logInAsStaff("buergeramt-clerk");
    await page.locator("#place").fill("wtg_");
    await page.locator("#note").fill("nicht mehr da");
    await readIn("English");
    assert.equal(await person.path(), "/en/buergeramt/desk/waiting-list/leave");
    assert.equal(await page.locator("#place").inputValue(), "wtg_");
    assert.equal(await page.locator("#note").inputValue(), "nicht mehr da");
    await person.open("/en/buergeramt/desk/book");
    await page.locator("#people").fill("2");
    await readIn("Deutsch");
    assert.equal(await page.locator("#people").inputValue(), "2");
    assert.equal(await page.locator(".kern-error").count(), 0, "nothing was sent yet");
    await page.locator("#people").press("Enter");
    await page.locator("#service-error").waitFor();
    assert.equal(await person.path(), "/de/buergeramt/desk/book");
  });
});
