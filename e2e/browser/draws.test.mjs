// Draws: entering with wishes, changing and leaving; and the check of a result in the browser, on the
// vectors of libs/draw.
import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { canonical } from "../../libs/draw/browser/shapes.js";
import { withPerson } from "./portal.mjs";

const LANGUAGES = readdirSync(new URL("../../services/portal/locales", import.meta.url));
const VECTORS = new URL("../../libs/draw/vectors/", import.meta.url);
const SERVICE = "buergeramt/days?service=beglaubigung";

/** Opens the page of a drawn service. A demo that has just begun first announces its draw. */
async function openDraw(person) {
  const enter = person.page.getByRole("link", { name: "An der Verlosung teilnehmen" });
  const deadline = Date.now() + 60_000;
  do {
    await person.open(`/de/${SERVICE}`);
    if (await enter.count() > 0) return;
    await person.page.waitForTimeout(500);
  } while (Date.now() < deadline);
  assert.fail(`no draw can be entered: ${await person.heading()}`);
}

for (const [title, citizen, options] of [
  ["with scripts", "marlene", {}],
  ["without JavaScript", "ali", { javaScriptEnabled: false }],
]) {
  test(`a person enters a draw, changes what they wish and leaves ${title}`, async () => {
    await withPerson(options, async (person) => {
      const { page } = person;
      await openDraw(person);
      await person.press("An der Verlosung teilnehmen");
      await person.press("Jetzt anmelden");
      await person.showCard(citizen, "online-id", "eid");
      assert.equal(await person.heading(), "Ihre Wünsche");
      await person.look("draw-wishes");

      const first = page.locator("details.wish").first();
      // Times and places are folded until they are wanted.
      for (const more of await first.locator("details:not(.wish) > summary").all()) await more.click();
      // Which days and places there are depends on the week that is drawn: none is a public holiday.
      const day = first.locator('.kern-form-check:has(input[name="day-1"])').nth(1);
      const place = first.locator('.kern-form-check:has(input[name="place-1"])').first();
      const chosen = [await day.innerText(), "bis 12:00 Uhr fertig", await place.locator(".place").innerText()];
      await day.getByRole("checkbox").check();
      await place.getByRole("checkbox").check();
      // On no day everything begins later: a long Thursday begins at half past ten.
      await first.getByLabel("Ist spätestens zu Ende um").selectOption("12:00");
      await person.press("Jetzt teilnehmen");
      await page.getByText("Sie nehmen an der Verlosung teil.").waitFor();
      const wish = page.getByText(chosen.map((part) => part.trim()).join(" · "), { exact: true });
      assert.ok(await wish.isVisible());
      await person.look("draw-entry");

      await person.press("Wünsche ändern");
      await page.getByLabel("Dann nehme ich jeden anderen Termin dieser Verlosung.").check();
      await person.press("Änderung speichern");
      assert.ok(await wish.isVisible() && await page.getByText("Jeder Termin", { exact: true }).isVisible());
      await person.open("/de/appointments");
      await page.getByText("Verlosungen, an denen Sie teilnehmen").waitFor();
      await person.look("appointments-draws");

      await page.getByRole("link", { name: /^Kopien beglaubigen, Termine von/ }).click();
      await person.press("Was alle von dieser Verlosung sehen können");
      assert.equal(await person.heading(), "Verlosung von Terminen");
      await person.press("Teilnehmen oder meine Teilnahme ansehen");
      await person.press("Teilnahme zurückziehen");
      await person.look("draw-leave");
      await person.press("Ja, zurückziehen");
      await page.getByText("Sie nehmen nicht mehr teil.").waitFor();
      await person.look("draw-left");
    });
  });
}

for (const language of LANGUAGES) {
  test(`pages about draws are accessible in ${language}`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      await person.open(`/${language}/${SERVICE}`);
      await person.look("draw-service");
      await page.locator('.draw-notice a.kern-btn--tertiary').first().click();
      await person.look("draw");
      await person.open(`/${language}/check-draw`);
      await person.look("draw-check");
      // The provider is played, and its page is not what is looked at here.
      await person.open(`/de/${SERVICE}`);
      await person.press("An der Verlosung teilnehmen");
      await person.press("Jetzt anmelden");
      await person.showCard("marlene", "online-id", "eid");
      await person.open((await person.path()).replace("/de/", `/${language}/`));
      await person.look("draw-wishes");
      assert.equal(await page.getByText(/^\[[a-z-]+\]$/).count(), 0, "a text is missing");
    });
  });
}

/** Checks these files, and gives the verdict and the checks that failed. */
async function check(person, proof, receipt) {
  const { page } = person;
  await person.open("/de/check-draw");
  await page.getByLabel("Datei mit dem Beweis").setInputFiles(file("proof.json", proof));
  if (receipt) await page.getByLabel("Datei mit Ihrer Quittung").setInputFiles(file("receipt.txt", receipt));
  await person.press("Jetzt prüfen");
  await page.locator("[data-checks]").waitFor();
  const wrong = await page.locator('[data-outcome="wrong"]').evaluateAll((rows) => rows.map((row) => row.dataset.check));
  return { verdict: await page.locator("[data-verdict]").innerText(), wrong };
}

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const vector = (name) => readFileSync(new URL(name, VECTORS), "utf8");

for (const language of LANGUAGES) {
  test(`what a check says of a draw is in the language of the page in ${language}`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      await person.open(`/${language}/check-draw`);
      const altered = vector("1.proof.json").replace('"companions":0', '"companions":1');
      await page.locator("#check-proof").setInputFiles(file("proof.json", altered));
      await page.locator("[data-start]").click();
      await page.locator("[data-checks]").waitFor();
      const said = await page.locator("[data-checks] td > span").allInnerTexts();
      const known = await page.locator("[data-reason]").evaluateAll((all) => all.map((one) => one.textContent));
      assert.ok(said.length > 0 && said.every((text) => known.includes(text)), said.join());
    });
  });
}

test("a browser checks a draw, shows the holder of a receipt their place, and names what is wrong", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    const [proof, receipt] = [vector("0.proof.json"), vector("0.receipt.txt")];
    const right = await check(person, proof, receipt);
    assert.deepEqual(right, { verdict: "Die Verlosung stimmt: Nichts daran ist falsch.", wrong: [] });
    // The receipt is that of entry 0.
    const turn = JSON.parse(proof).result.order.indexOf(0) + 1;
    const all = JSON.parse(proof).entries.length;
    await page.getByText(`Nummer 1 von ${all} in der Liste. Sie waren als Nummer ${turn} an der Reihe.`).waitFor();
    await person.look("draw-check-right");

    const altered = proof.replace('"companions":0', '"companions":1');
    const bad = await check(person, altered, receipt);
    assert.ok(bad.wrong.includes("list"), bad.wrong.join());
    assert.match(bad.verdict, /^Mit dieser Verlosung stimmt etwas nicht: .*nicht die der geschlossenen Liste\./);
    await person.look("draw-check-wrong");
    assert.deepEqual((await check(person, proof, vector("1.receipt.txt"))).wrong, ["receipt"]);
    assert.match((await check(person, "{}")).verdict, /nicht die Form/);
    for (const text of ["", "<!doctype html><title>503</title>"]) {
      assert.match((await check(person, text)).verdict, /^Die Datei war nicht zu lesen/);
    }

    // Without the signatures of the witnesses nothing is wrong, and it is not called right.
    const unsigned = JSON.parse(proof);
    for (const logged of Object.values(unsigned.log)) {
      logged.proof = logged.proof.replace(/— witness\.example .*\n/, "");
    }
    const unproven = await check(person, canonical(unsigned));
    assert.deepEqual(unproven.wrong, []);
    assert.match(unproven.verdict, /^Dass diese Verlosung stimmt, ist nicht gezeigt: Kein Zeuge hat unterschrieben/);
    await person.look("draw-check-unproven");
  });
});

test("a proof that cannot be fetched is called so, and not the fault of the browser", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de/check-draw");
    await page.route("**/proof-of-nothing", (route) => route.fulfill({ status: 503, body: "later" }));
    await page.evaluate(() => {
      document.querySelector("#check-proof").remove();
      document.querySelector("[data-draw-check]").dataset.proof = "/proof-of-nothing";
    });
    await person.press("Jetzt prüfen");
    await page.getByText("Der Beweis war gerade nicht zu holen. Versuchen Sie es später noch einmal.").waitFor();
  });
});
