// What people come for, step by step. Each takes a visitor and a citizen, and leaves nothing behind.
import assert from "node:assert/strict";
import { base } from "../portal.mjs";

const SERVICE = "service=meldebescheinigung";
const SUCCESS = ".kern-alert--success";
/** The main button of a form in the page. */
const SEND = "main form button.kern-btn--primary";

/** Finds a service, chooses a time, logs in and books. Each step can be watched. */
export async function book(visitor, citizen, watch = async () => {}) {
  await visitor.open("");
  await watch("start");
  await visitor.type("#q", "meldebescheinigung");
  await visitor.go(".search button");
  await watch("search");
  await visitor.go('.found a[href*="/services/meldebescheinigung"]');
  await watch("service");
  await visitor.go('main a.kern-btn--primary[href*="/days?"]');
  await watch("days");
  await visitor.go(".free-days ol a", 3);
  await watch("day");
  await visitor.go("a.slot", 1);
  await watch("choice");
  await visitor.go('section[aria-labelledby="login"] a.kern-btn--primary');
  await visitor.showCard(citizen);
  await watch("confirm");
  await visitor.go("button[data-needs-time]");
  const code = await visitor.sees(".code");
  await watch("booked");
  return code;
}

/** Moves the appointment that is shown to another day. */
export async function move(visitor) {
  await visitor.go('main .actions a[href*="replaces="]');
  await visitor.go(".free-days ol a", 5);
  await visitor.go("button.slot", 2);
  await visitor.sees(".moving");
  await visitor.go("button[data-needs-time]");
  return visitor.sees(".code");
}

/** Cancels the appointment that is shown. */
export async function cancel(visitor) {
  await visitor.go('main .actions a[href$="/cancel"]');
  await visitor.go(SEND);
  await visitor.sees(SUCCESS);
}

/** My appointments: the list, one of them, its history; an address for e-mails is added and taken back. */
export async function appointments(visitor, citizen) {
  const code = await book(visitor, citizen);
  await visitor.open("/appointments");
  assert.equal(await visitor.sees(".appointment .code--small"), code);
  await visitor.go(".appointment footer a");
  await visitor.sees(".ticket");
  await visitor.unfold("details.filter summary");
  await visitor.sees("details.filter dd");
  await address(visitor, `${citizen}@example.org`);
  await visitor.open("/appointments");
  await visitor.go(".appointment footer a");
  await cancel(visitor);
  await visitor.open("/appointments");
  assert.equal(await visitor.page.locator(".appointment").count(), 0);
}

async function address(visitor, email) {
  await visitor.go('main a[href*="/address?"]');
  await visitor.type("#email", "a..b@example.org");
  await visitor.go(SEND);
  assert.equal(await visitor.at("#email").inputValue(), "a..b@example.org", "what was typed is there");
  await visitor.sees("#email-error");
  await visitor.type("#email", email);
  await visitor.go(SEND);
  await visitor.type("#code", await newestCode(visitor, email));
  await visitor.go(SEND);
  await visitor.sees(SUCCESS);
  await visitor.open("/appointments");
  await visitor.go(".appointment footer a");
  await visitor.go('main a[href*="/address?"]');
  await visitor.go('button[formaction$="/none"]');
  await visitor.sees(SUCCESS);
}

/** The newest code that came to an address, from the mailbox of the demo. */
async function newestCode(visitor, email) {
  const mailbox = await visitor.at('footer a[href*="/mailbox"]').getAttribute("href");
  const messages = new URL("/mailbox/messages", mailbox).href;
  const deadline = Date.now() + 15_000;
  for (;;) {
    const answer = await visitor.page.context().request.get(messages);
    const all = (await answer.json()).messages.filter((message) => message.to === email && !message.calendar);
    const codes = all.map((message) => message.text.match(/^ {2}(\d{3}) (\d{3})$/m)).filter(Boolean);
    if (codes.length > 0) {
      const [, first, second] = codes[0];
      return first + second;
    }
    assert.ok(Date.now() < deadline, `no code came to ${email}`);
    await visitor.page.waitForTimeout(200);
  }
}

/** What is kept about a person, on the page and as a file. */
export async function myData(visitor, citizen) {
  await visitor.openLoggedIn("/my-data", citizen);
  assert.ok(await visitor.page.locator("main section").count() >= 2, "log-in and authorities");
  await visitor.unfold("main section details summary");
  await visitor.sees("main section details[open]");
  const link = await visitor.at('main a[href$="/my-data/download.json"]').getAttribute("href");
  const answer = await visitor.page.context().request.get(base + link);
  assert.match(answer.headers()["content-type"], /^application\/json/);
  assert.ok(Object.keys(await answer.json()).length > 0);
}

/** Several services for several people in one visit. */
export async function visit(visitor) {
  await visitor.open(`/buergeramt/visit?${SERVICE}`);
  await visitor.unfold("details.filter summary");
  await visitor.go("details.filter .visit-services button");
  const chosen = visitor.page.locator('section[aria-labelledby="chosen"] li');
  assert.equal(await chosen.count(), 2);
  await visitor.choose("#people", 1);
  await visitor.go(SEND);
  const { searchParams } = new URL(visitor.page.url());
  assert.equal(searchParams.getAll("service").length, 2);
  assert.equal(searchParams.get("people"), "2");
  await visitor.go('main a[href*="/visit?"]');
  await visitor.go('section[aria-labelledby="chosen"] button');
  assert.equal(await chosen.count(), 1, "a service can be removed");
  await visitor.go(SEND);
  // Not today, whose last times may go while one looks at them.
  await visitor.go(".free-days ol a", 1);
  await visitor.go("a.slot");
  assert.match(visitor.page.url(), /people=2/);
}

/** Enters a draw, changes the wishes, leaves. */
export async function draw(visitor, citizen) {
  await openDraw(visitor);
  await visitor.go('.draw-notice a.kern-btn--primary');
  await visitor.go("main .actions a.kern-btn--primary");
  await visitor.showCard(citizen);
  await visitor.check('input[name="day-1"]', 1);
  await visitor.unfold("details.wish details summary");
  // The sixth hour, noon at the earliest: it suits on each day, also on one that begins late.
  await visitor.choose("#before-1", 6);
  await visitor.go(SEND);
  await visitor.sees(SUCCESS);
  await visitor.go('main .actions a[href$="/wishes"]');
  await visitor.check("#any");
  await visitor.go(SEND);
  assert.equal(await visitor.page.locator("main .kern-list--number li").count(), 2);
  await visitor.open("/appointments");
  await visitor.go('section[aria-labelledby="draws"] a');
  await visitor.go('main .actions a[href$="/leave"]');
  await visitor.go(SEND);
  await visitor.sees(SUCCESS);
}

/** A demo that has just begun first announces its draw. */
async function openDraw(visitor) {
  const deadline = Date.now() + 60_000;
  do {
    await visitor.open("/buergeramt/days?service=beglaubigung");
    if (await visitor.page.locator(".draw-notice a.kern-btn--primary").count() > 0) return;
    await visitor.page.waitForTimeout(500);
  } while (Date.now() < deadline);
  assert.fail("no draw can be entered");
}

/** Joins the waiting list of a service that is full, changes what suits, leaves. */
export async function waitingList(visitor, citizen) {
  await visitor.open("/lea/days?service=blaue-karte-eu");
  await visitor.go('main a[href*="/waiting-list/join"]');
  await visitor.go("main .actions a.kern-btn--primary");
  await visitor.showCard(citizen);
  await visitor.check('input[name="weekday-1"]', 1);
  await visitor.go(SEND);
  await visitor.sees(SUCCESS);
  await visitor.go('main .actions a[href*="/waiting-list/join"]');
  await visitor.check("#any");
  await visitor.go(SEND);
  assert.equal(await visitor.page.locator("main .kern-list--number li").count(), 2);
  await visitor.open("/appointments");
  await visitor.go('section[aria-labelledby="waiting"] a');
  await visitor.go('main .actions a[href$="/leave"]');
  await visitor.go(SEND);
  await visitor.sees(SUCCESS);
}
