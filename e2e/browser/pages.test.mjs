// Every language on every page that needs no appointment; problems; what other sites cannot do.
import test from "node:test";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { base, withPerson } from "./portal.mjs";

const LANGUAGES = readdirSync(new URL("../../services/portal/locales", import.meta.url));

for (const language of LANGUAGES) {
  test(`pages are accessible in ${language}`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      await person.open(`/${language}`);
      await person.look("start");
      const direction = await page.locator("html").getAttribute("dir");
      assert.equal(direction, language === "ar" ? "rtl" : "ltr");
      await person.open(`/${language}/about`);
      await person.look("about");
      await person.open(`/${language}/buergeramt/statistics`);
      await person.look("statistics");
      await person.open(`/${language}/login?back=/${language}/appointments`);
      await person.look("login");
      await person.open(`/${language}?q=passfotofix`);
      await person.look("search-unsure");
      await person.open(`/${language}/buergeramt/services/meldebescheinigung`);
      await person.look("service");
      await person.open(`/${language}/buergeramt/days?service=meldebescheinigung&near=99999`);
      await person.look("days-unknown-postcode");
      await person.open(`/${language}/buergeramt/days?service=meldebescheinigung`);
      await person.look("days");
      await page.locator(".month a").nth(3).click();
      await person.look("day");
      await page.locator(".slot").first().click();
      await person.look("choice");
      await person.open(`/${language}/nowhere/days?service=1`);
      await person.look("not-found");
      const untranslated = await page.getByText(/^\[[a-z-]+\]$/).count();
      assert.equal(untranslated, 0, "a text is missing");
    });
  });
}

// Identity's own pages: where to log in, what went wrong, good-bye. Who lets a program act reads the
// same page as who chooses where to log in; its words are tested in services/identity/src/pages.
for (const language of LANGUAGES) {
  test(`logging in is accessible in ${language}`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      const html = page.locator("html");
      await person.open(`/${language}/login/start?back=/${language}/appointments`);
      const address = new URL(page.url());
      assert.notEqual(address.origin, base, "at the identity service");
      const tag = address.searchParams.get("ui_locales");
      const look = async (name) => {
        assert.equal(await html.getAttribute("lang"), tag, name);
        assert.equal(await html.getAttribute("dir"), language === "ar" ? "rtl" : "ltr");
        await person.look(name);
      };
      await look("identity-choice");
      await page.locator('a[href*="provider=bundid"]').click();
      await look("simulated-provider");
      await page.locator('a[href*="/cancel?"]').click();
      await look("login-cancelled");
      assert.equal(new URL(page.url()).origin, base, "one page says what happened: the portal's");
      await person.open(`${address.origin}/authorize?client_id=nobody&redirect_uri=x&ui_locales=${tag}`);
      await look("identity-wrong-link");
      await person.open(`${address.origin}/logout?ui_locales=${tag}`);
      await look("identity-goodbye");
      assert.equal(await page.getByText(/^\[[a-z-]+\]$/).count(), 0, "a text is missing");
    });
  });
}

test("a log-in that is not sure enough is asked for again, at the right level", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/login?back=/de/buergeramt/days?service=meldebescheinigung");
    await person.press("Jetzt anmelden");
    await person.showCard("lena-berlin", "password");
    await person.choose(5, 3);
    await page.getByRole("heading", { name: "Hier brauchen Sie eine andere Anmeldung" }).waitFor();
    await person.look("step-up");
    await person.press("Jetzt anmelden");
    await person.showCard("lena-berlin");
    assert.equal(await person.heading(), "Termin prüfen und buchen", "held without another click");
  });
});

test("each of two tabs books what it shows", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/login?back=/de/buergeramt/days?service=meldebescheinigung");
    await person.press("Jetzt anmelden");
    await person.showCard("ali", "online-id", "eid");
    await person.choose(5, 3);
    const shown = await page.locator("main").innerText();
    const hold = new URL(page.url()).searchParams.get("hold");
    assert.match(hold, /^hld_/);
    const other = await page.context().newPage();
    await other.goto(`${base}/de/buergeramt/days?service=meldebescheinigung`);
    await other.locator(".month a").nth(6).click();
    await other.locator(".slot").nth(2).click();
    // One question first: nothing is given up before it is answered.
    await other.getByRole("heading", { name: "Diesen Termin stattdessen reservieren?" }).waitFor();
    await other.getByRole("button", { name: "Den anderen Termin nehmen" }).click();
    await other.getByText("Termin prüfen und buchen").first().waitFor();
    // Of one kind a person holds one slot: the first tab says so, and books nothing else.
    await person.press("Verbindlich buchen");
    assert.equal(await person.heading(), "Dieser Termin ist nicht mehr für Sie reserviert", shown);
    await person.look("hold-given-up");
    await person.press("Jetzt ansehen und verbindlich buchen");
    assert.notEqual(new URL(page.url()).searchParams.get("hold"), hold);
    await person.press("Reservierung aufgeben");
  });
});

test("a browser that keeps no cookies is told so before the card is shown", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    const probe = await page.context().request.get(`${base}/de/login/start?back=/de/appointments`, { maxRedirects: 0 });
    await page.context().clearCookies();
    await person.open(probe.headers().location);
    assert.equal(await person.heading(), "Ihr Browser nimmt unser Cookie nicht an");
    await person.look("cookies-blocked");
  });
});

test("who breaks the log-in off learns that nothing happened", async () => {
  await withPerson({}, async (person) => {
    await person.open("/de/login?back=/de/appointments");
    await person.press("Jetzt anmelden");
    await person.page.getByRole("link", { name: "Abbrechen" }).click();
    assert.equal(await person.heading(), "Die Anmeldung wurde abgebrochen");
    await person.look("login-cancelled");
  });
});

test("the language switch stays on the page, and the keyboard reaches the content", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/buergeramt/days?service=meldebescheinigung");
    await page.locator(".masthead__languages summary").click();
    await person.look("languages");
    await page.getByRole("button", { name: "English" }).click();
    assert.equal(new URL(page.url()).searchParams.get("service"), "meldebescheinigung");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  });
});

test("another site can neither frame a page nor send a form", async () => {
  await withPerson({}, async ({ page }) => {
    const { request } = page.context();
    const answer = await request.get(`${base}/de`);
    const policy = answer.headers()["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(answer.headers()["set-cookie"], undefined, "no cookie before a log-in");
    const forged = await request.post(`${base}/de/confirm`, { form: { csrf: "guess" } });
    assert.equal(forged.status(), 403);
  });
});
