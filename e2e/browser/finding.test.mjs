// Finding a time: how heavy a first view is, how far the tab key goes, what stays in the address.
import test from "node:test";
import assert from "node:assert/strict";
import { withPerson } from "./portal.mjs";

const PHONE = { viewport: { width: 360, height: 740 } };
const DAYS = "/buergeramt/days?service=personalausweis";

/** Presses Tab until `selector` has the focus; how many times that took. */
async function tabsTo(page, selector, most) {
  for (let count = 1; count <= most; count++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return count;
  }
  throw new Error(`${selector} is more than ${most} tab stops away`);
}

/** How many elements of the page can have the focus. */
async function tabStops(page) {
  return page.evaluate(() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden])")]
    .filter((element) => element.checkVisibility()).length);
}

for (const language of ["de", "uk", "ar"]) {
  test(`a first view in ${language} is light and its header low`, async () => {
    await withPerson(PHONE, async (person) => {
      const { page } = person;
      await person.open(`/${language}`);
      await page.evaluate(() => document.fonts.ready);
      const files = await page.evaluate(() => [
        ...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource"),
      ].map(({ name, encodedBodySize, renderBlockingStatus }) => ({ name, encodedBodySize, renderBlockingStatus })));
      const weigh = (some) => some.reduce((sum, file) => sum + file.encodedBodySize, 0);
      const fonts = files.filter(({ name }) => name.endsWith(".woff2"));
      const rest = files.filter((file) => !fonts.includes(file));
      assert.ok(weigh(fonts) <= 90 * 1024, `fonts: ${weigh(fonts)} bytes`);
      assert.ok(weigh(rest) <= 60 * 1024, `without fonts: ${weigh(rest)} bytes`);
      const blocking = rest.filter(({ renderBlockingStatus }) => renderBlockingStatus === "blocking");
      assert.ok(blocking.length <= 2, JSON.stringify(blocking));
      const { height } = await page.locator("body > header").boundingBox();
      assert.ok(height <= 100, `the header is ${height} pixels high`);
    });
  });
}

test("a day is short: for the tab key and for the thumb", async () => {
  await withPerson(PHONE, async (person) => {
    const { page } = person;
    await person.open(`/de${DAYS}`);
    // Late in the day, today has few times left.
    await page.locator(".free-days ol a").nth(1).click();
    assert.ok(await tabStops(page) <= 40, `${await tabStops(page)} tab stops`);
    await tabsTo(page, ".slot", 25);
    assert.ok(await page.locator(".place-slots").count() <= 6);
    await page.locator(".place-slots .more a").first().click();
    assert.equal(await page.locator(".place-slots").count(), 1);
    assert.ok(await tabStops(page) <= 40, `${await tabStops(page)} tab stops`);
    await person.look("day-one-place");
  });
});

test("a search, a postcode and a place stay in the address and in every language", async () => {
  await withPerson({}, async (person) => {
    const { page } = person;
    await person.open("/de?q=perso");
    await page.locator(".masthead__languages summary").click();
    await page.getByRole("button", { name: "English" }).click();
    assert.equal(await page.getByRole("searchbox").inputValue(), "perso");
    await page.locator(".found a").first().click();
    await person.press("See free appointments");
    await page.getByLabel("Postcode").fill("13125");
    await person.press("Show places nearby");
    await person.look("days-near");
    const first = page.locator(".places label").first();
    assert.match(await first.innerText(), /Karow/);
    await page.locator(".places input").first().check();
    await person.press("Search only there");
    const { searchParams } = new URL(page.url());
    assert.equal(searchParams.get("near"), "13125");
    assert.equal(searchParams.get("location"), "karow-buch");
    await page.locator(".free-days ol a").nth(1).click();
    await page.locator(".slot").first().click();
    await person.press("Choose another time");
    assert.equal(new URL(page.url()).searchParams.get("location"), "karow-buch");
  });
});
