// Numbers with a limit: bytes of a first view, stops of the tab key, pages and clicks up to a booking, and
// how long the server takes for each page at 200 requests a second.
import test from "node:test";
import { readdirSync } from "node:fs";
import { measured } from "../table.mjs";
import { base } from "../portal.mjs";
import { DEVICES, WAYS, byMouse, withVisitor } from "./visitor.mjs";
import { book, cancel } from "./journeys.mjs";
import { answerTimes, quantile } from "./load.mjs";

const LANGUAGES = readdirSync(new URL("../../../services/portal/locales", import.meta.url));
const DAYS = "/buergeramt/days?service=personalausweis";
const PHONE = DEVICES[1];

for (const language of LANGUAGES) {
  test(`bytes and stops in ${language}`, () => withVisitor(language, WAYS[0], PHONE, async (visitor) => {
    const { page } = visitor;
    await visitor.open("");
    await page.evaluate(() => document.fonts.ready);
    const files = await page.evaluate(() => [
      ...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource"),
    ].map(({ name, encodedBodySize, renderBlockingStatus }) => ({ name, encodedBodySize, renderBlockingStatus })));
    const isFont = ({ name }) => name.endsWith(".woff2");
    const kilobytes = (some) => Math.round(some.reduce((sum, file) => sum + file.encodedBodySize, 0) / 102.4) / 10;
    const rest = files.filter((file) => !isFont(file));
    measured("first view without fonts", language, kilobytes(rest), 60, "KB");
    measured("fonts of a first view", language, kilobytes(files.filter(isFont)), 90, "KB");
    const blocking = rest.filter(({ renderBlockingStatus }) => renderBlockingStatus === "blocking");
    measured("requests that block", language, blocking.length, 2, "requests");

    await visitor.open(DAYS);
    // Late in the day, today has few times left.
    await visitor.go(".free-days ol a", 1);
    measured("tab stops of a day", language, await tabStops(page), 40, "stops");
    measured("tab stops to the first time", language, await tabsTo(page, ".slot"), 25, "stops");
    measured("places of a day", language, await page.locator(".place-slots").count(), 6, "places");
  }));
}

async function tabStops(page) {
  return page.evaluate(() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")]
    .filter((element) => element.checkVisibility()).length);
}

async function tabsTo(page, selector) {
  for (let count = 1; count <= 200; count++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return count;
  }
  return Infinity;
}

test("pages and clicks up to a booking", () => byMouse("de", async (visitor) => {
  const { page } = visitor;
  let pages = 0;
  page.on("load", () => { pages += page.url().startsWith(base) ? 1 : 0; });
  await visitor.open("");
  pages = 0;
  await visitor.go('main a.service[href*="/services/meldebescheinigung"]');
  await visitor.go('main a.kern-btn--primary[href*="/days?"]');
  await visitor.go(".free-days ol a", 2);
  await visitor.go("a.slot");
  await visitor.go('section[aria-labelledby="login"] a.kern-btn--primary');
  await visitor.showCard("ali");
  await visitor.go("button[data-needs-time]");
  await visitor.sees(".code");
  measured("pages from the start to a booking", "de", pages, 6, "pages");
  await cancel(visitor);

  let clicks = 0;
  const go = async (...link) => { clicks += 1; await visitor.go(...link); };
  await visitor.open("");
  await go('main a.service[href*="/services/meldebescheinigung"]');
  await go('main a.kern-btn--primary[href*="/days?"]');
  await go(".free-days ol a", 2);
  await go("button.slot");
  await go("button[data-needs-time]");
  await visitor.sees(".code");
  measured("clicks from the start to a booking, logged in", "de", clicks, 6, "clicks");
  await cancel(visitor);
}));

test("each page is quick at 200 requests a second", () => byMouse("de", async (visitor) => {
  await visitor.open(DAYS);
  await visitor.go(".free-days ol a", 1);
  const day = visitor.page.url();
  await visitor.go("a.slot");
  const pages = {
    "start": "/de", "search": "/de?q=perso", "search in Arabic": "/ar?q=جواز", "days": `/de${DAYS}`, "day": day,
    "service": "/de/buergeramt/services/personalausweis", "choice": visitor.page.url(),
    "visit": "/de/buergeramt/visit?service=personalausweis", "statistics": "/de/buergeramt/statistics",
    "about": "/de/about", "log-in": "/de/login", "without online ID": "/de/without-online-id",
    "check of a draw": "/de/check-draw",
  };
  const failed = [];
  for (const [name, address] of Object.entries(pages)) {
    const url = new URL(encodeURI(decodeURI(address)), base).href;
    // The first requests fill caches and open connections.
    await answerTimes(url, { perSecond: 200, count: 200 });
    const times = await answerTimes(url, { perSecond: 200, count: 1000 });
    const p99 = Math.round(quantile(times, 0.99) * 10) / 10;
    try {
      measured(`p99: ${name}`, "de", p99, 10, "ms");
    } catch (error) {
      failed.push(error.message);
    }
  }
  if (failed.length > 0) throw new Error(failed.join("; "));
}));
