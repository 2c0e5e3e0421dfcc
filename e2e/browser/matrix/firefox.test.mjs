// The main journey in Firefox, found by hand and looked at on the way, in German and Arabic, wide and narrow, light
// and dark; and some pages besides.
import test from "node:test";
import { noted } from "../table.mjs";
import { DEVICES } from "./visitor.mjs";
import { withFirefox } from "./firefox.mjs";
import { book, cancel } from "./journeys.mjs";

const CITIZENS = ["erika", "oezguer", "marlene", "olena"];
const PAGES = { "about": "/about", "draw-service": "/buergeramt/days?service=beglaubigung", "login-needed": "/appointments" };

const runs = ["de", "ar"].flatMap((language) => DEVICES.map(({ device, viewport }, at) =>
  ({ language, device, viewport, colours: at === 0 ? "light" : "dark" })));

runs.forEach(({ device, ...options }, number) => {
  const where = { page: "journey: book, cancel", language: options.language, browser: "Firefox", check: `mouse, ${device}` };
  test(`booking and cancelling in Firefox, ${options.language}, ${device}`, () => noted(where, () =>
    withFirefox(options, async (visitor) => {
      await book(visitor, CITIZENS[number], (name) => visitor.look(name));
      await cancel(visitor);
      await visitor.look("cancelled");
      for (const [name, address] of Object.entries(PAGES)) {
        await visitor.open(address);
        await visitor.look(name);
      }
    })));
});
