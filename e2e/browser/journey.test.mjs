// The whole way of one person: find, log in, hold, confirm, e-mail, move, cancel, log out.
import test from "node:test";
import assert from "node:assert/strict";
import { base, withPerson } from "./portal.mjs";

for (const [title, citizen, options] of [
  ["with scripts", "erika", {}],
  ["without JavaScript", "oezguer", { javaScriptEnabled: false }],
]) {
  test(`a person books, moves and cancels an appointment ${title}`, async () => {
    await withPerson(options, async (person) => {
      const { page } = person;
      await person.open("/");
      assert.equal(await person.path(), "/de", "the browser's language is taken");
      await person.look("start");

      await page.getByRole("searchbox").fill("meldebescheinigung");
      await person.press("Suchen");
      await person.look("search");
      await person.press("Meldebescheinigung");
      assert.equal(await person.heading(), "Meldebescheinigung");
      await person.look("service");
      await person.press("Freie Termine ansehen");
      await person.look("days");

      await person.choose(3, 4);
      await person.look("choice");
      await person.press("Jetzt anmelden");
      await person.showCard(citizen);
      assert.equal(await person.heading(), "Termin prüfen und buchen", "held without another click");
      if (person.scripts) await page.getByText(/Noch \d+:\d\d Minuten/).waitFor();
      await person.look("confirm");
      await person.press("Verbindlich buchen");
      await page.getByText("Ihr Termin ist gebucht").waitFor();
      const code = await page.locator(".code").innerText();
      assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
      await page.goBack();
      await page.getByText("Ihr Termin ist gebucht").waitFor();
      assert.equal(await page.locator(".code").innerText(), code, "going back shows the booking");
      await person.look("booked");
      await expectCalendar(person);
      await expectMail(person, code);

      await person.open("/de/appointments");
      assert.ok(await page.getByText(code).isVisible());
      await person.look("appointments");

      await secondIsRefused(person);

      await person.open("/de/appointments");
      await person.press("Verschieben");
      await page.getByText("Sie verschieben einen Termin.").waitFor();
      await person.choose(6, 2);
      await page.getByRole("heading", { name: "Bisheriger Termin" }).waitFor();
      await person.look("confirm-rebook");
      await person.press("Verbindlich verschieben");
      await page.getByText("Ihr Termin ist verschoben").waitFor();
      assert.notEqual(await page.locator(".code").innerText(), "");

      await person.press("Absagen");
      await person.look("cancel");
      await person.press("Ja, Termin absagen");
      await page.getByText("Ihr Termin ist abgesagt").waitFor();
      await person.open("/de/appointments");
      await page.getByText("Sie haben zurzeit keinen Termin.").waitFor();
      await person.look("appointments-none");

      await page.getByRole("button", { name: "Abmelden" }).click();
      assert.equal(await person.heading(), "Sie sind abgemeldet.");
      await person.look("goodbye");
      await person.open("/de/appointments");
      assert.equal(await person.heading(), "Bitte melden Sie sich an");
      await person.look("login-needed");
    });
  });
}

test("who logs in with the card alone says where the confirmation goes, or does not", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/buergeramt/days?service=meldebescheinigung");
    await person.choose(5, 3);
    await person.press("Jetzt anmelden");
    await person.showCard("suharto", "online-id", "eid");
    const field = page.getByLabel("E-Mail-Adresse");
    assert.equal(await field.inputValue(), "", "the card does not tell an address");
    // A browser that checks nothing: the portal does.
    await page.locator("form:has(#email)").evaluate((form) => { form.noValidate = true; });
    await field.fill("suharto@example");
    await person.press("Verbindlich buchen");
    await page.getByText("Das ist keine E-Mail-Adresse.").first().waitFor();
    assert.equal(await field.inputValue(), "suharto@example");
    await person.look("confirm-no-email");
    await field.fill("suharto@example.org");
    await person.press("Verbindlich buchen");
    await page.getByText("Ihr Termin ist gebucht").waitFor();
    await person.look("email-code");
    const code = await codeFor(person, "suharto@example.org");
    await page.getByLabel("Code aus der E-Mail").fill(code === "000000" ? "000001" : "000000");
    await person.press("Code prüfen");
    await page.getByText("Das ist nicht der Code aus der neuesten E-Mail.").first().waitFor();
    await person.look("email-code-wrong");
    await person.press("Später bestätigen");
    await page.getByText("Bis dahin schicken wir nichts an").waitFor();
    await person.look("email-unproven");
    await page.getByRole("link", { name: "Bestätigen Sie Ihre E-Mail-Adresse" }).click();
    await page.getByLabel("Code aus der E-Mail").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await person.press("Code prüfen");
    await page.getByText("Ihre E-Mail-Adresse ist bestätigt").waitFor();
    await person.look("email-proven");
    await expectMail(person, await page.locator(".code").innerText());
  });
});

test("no address is fine too, and nothing is promised then", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/buergeramt/days?service=meldebescheinigung");
    await person.choose(5, 3);
    await person.press("Jetzt anmelden");
    await person.showCard("olena", "online-id", "eid");
    await person.press("Verbindlich buchen");
    await page.getByText("Bitte notieren Sie die Terminnummer.").waitFor();
    assert.equal(await page.getByText("per E-Mail").count(), 0);
    await person.look("booked-no-email");
  });
});

/** A second appointment of the same kind is refused, and the page says what to do. */
async function secondIsRefused(person) {
  await person.open("/de/buergeramt/days?service=meldebescheinigung");
  await person.choose(4, 1);
  assert.equal(await person.heading(), "Sie haben schon einen Termin für diese Art von Anliegen");
  await person.look("already-booked");
}

/** The calendar file is offered and is one. */
async function expectCalendar(person) {
  const link = await person.page.getByRole("link", { name: "In den Kalender" }).getAttribute("href");
  const answer = await person.page.context().request.get(base + link);
  assert.match(answer.headers()["content-type"], /^text\/calendar/);
  assert.match(await answer.text(), /^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
}

/** The confirmation arrives in the mailbox of the demonstration. */
async function expectMail(person, code) {
  const found = await mail(person, (message) => message.text.includes(code));
  assert.match(found.calendar, /BEGIN:VEVENT/);
}

/** The code that was sent to an address. */
async function codeFor(person, email) {
  const found = await mail(person, (message) => message.to === email && !message.calendar);
  const [, first, second] = found.text.match(/^ {2}(\d{3}) (\d{3})$/m);
  return first + second;
}

/** The first message in the mailbox that fits, once it is there. */
async function mail(person, fits) {
  const mailbox = await person.page.getByRole("contentinfo").getByRole("link", { name: /Postfach/ })
    .getAttribute("href");
  const messages = new URL("/mailbox/messages", mailbox);
  const deadline = Date.now() + 15_000;
  for (;;) {
    const answer = await person.page.context().request.get(messages.href);
    const found = (await answer.json()).messages.find(fits);
    if (found) return found;
    assert.ok(Date.now() < deadline, "no such e-mail came");
    await new Promise((later) => setTimeout(later, 200));
  }
}
