// Every page and state in six languages: axe in light and dark, 320 pixels, text at 200 %.
import test from "node:test";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { base } from "../portal.mjs";
import { byMouse } from "./visitor.mjs";
import { book, cancel } from "./journeys.mjs";

const LANGUAGES = readdirSync(new URL("../../../services/portal/locales", import.meta.url));
/** One for each language: whoever has booked once cannot book the same again. */
const CITIZENS = ["erika", "oezguer", "marlene", "olena", "suharto", "ali"];
const SERVICE = "service=meldebescheinigung";

/** Pages that need neither a log-in nor a choice. */
const PUBLIC = {
  "start": "",
  "search": "?q=perso",
  "search-unsure": "?q=passfotofix",
  "service": "/buergeramt/services/meldebescheinigung",
  "days": `/buergeramt/days?${SERVICE}`,
  "days-near": `/buergeramt/days?${SERVICE}&near=13125`,
  "days-unknown-postcode": `/buergeramt/days?${SERVICE}&near=99999`,
  "visit": `/buergeramt/visit?${SERVICE}`,
  "draw-service": "/buergeramt/days?service=beglaubigung",
  "draw-check": "/check-draw",
  "about": "/about",
  "without-online-id": "/without-online-id",
  "login": "/login",
  "statistics": "/buergeramt/statistics",
  "not-found": "/nowhere/days?service=1",
  "form-only": "/buergeramt/hold",
  "incomplete": "/buergeramt/days",
  "login-needed": "/appointments",
  "link-no-longer-valid": "/lea/waiting-list/answer?token=x",
};

LANGUAGES.forEach((language, number) => {
  test(`pages that all may see in ${language}`, () => byMouse(language, async (visitor) => {
    for (const [name, address] of Object.entries(PUBLIC)) {
      await visitor.open(address);
      await visitor.person.look(name);
    }
    const direction = await visitor.at("html").getAttribute("dir");
    assert.equal(direction, language === "ar" ? "rtl" : "ltr");
  }));

  test(`from the start to an appointment and back in ${language}`, () => byMouse(language, async (visitor) => {
    await book(visitor, CITIZENS[number], (name) => visitor.person.look(name));
    await visitor.open("/appointments");
    await visitor.person.look("appointments");
    await visitor.open(`/buergeramt/days?${SERVICE}`);
    // Not today, whose last times may go while one looks at them.
    await visitor.go(".free-days ol a", 1);
    await visitor.person.look("day-logged-in");
    await visitor.go("button.slot");
    await visitor.person.look("already-booked");
    await visitor.open("/appointments");
    await visitor.go(".appointment footer a");
    await visitor.go('main .actions a[href*="replaces="]');
    await visitor.person.look("days-moving");
    await visitor.go(".free-days ol a", 4);
    await visitor.go("button.slot");
    await visitor.person.look("confirm-moving");
    await visitor.type("#email", "a..b@example.org");
    await visitor.go("button[data-needs-time]");
    await visitor.person.look("confirm-wrong-email");
    await visitor.go('button[formaction$="/release"]');
    await visitor.person.look("given-back");
    await visitor.open("/my-data");
    await visitor.person.look("my-data");
    await visitor.open("/appointments");
    await visitor.go(".appointment footer a");
    await visitor.go('main a[href*="/address?"]');
    await visitor.person.look("address");
    await visitor.open("/appointments");
    await visitor.go(".appointment footer a");
    await visitor.go('main .actions a[href$="/cancel"]');
    await visitor.person.look("cancel");
    await visitor.page.goBack();
    await cancel(visitor);
    await visitor.person.look("cancelled");
    await visitor.go("header form button");
    await visitor.person.look("goodbye");
  }));

  test(`the log-in's own pages in ${language}`, () => byMouse(language, async (visitor) => {
    await visitor.open(`/login/start?back=/${language}/appointments`);
    assert.notEqual(new URL(visitor.page.url()).origin, base, "at the identity service");
    await visitor.person.look("identity-choice");
    await visitor.go('a[href*="provider=bundid"]');
    await visitor.person.look("simulated-provider");
    await visitor.go('a[href*="/cancel?"]');
    await visitor.person.look("login-cancelled");
  }));
});
