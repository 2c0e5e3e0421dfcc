// Every journey in German and Arabic, on a wide and a narrow screen, with the mouse, by keyboard only and
// without JavaScript.
import test from "node:test";
import assert from "node:assert/strict";
import { noted } from "../table.mjs";
import { DEVICES, WAYS, withVisitor } from "./visitor.mjs";
import * as journeys from "./journeys.mjs";

/** With a card each. Cancelling is limited per person, so they take turns. */
const CITIZENS = ["erika", "oezguer", "marlene", "olena", "suharto", "ali"];

/** Books, and cancels again; whoever uses the mouse moves the appointment in between. */
async function bookAndCancel(visitor, citizen, way) {
  const code = await journeys.book(visitor, citizen);
  assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  if (way === "mouse") assert.notEqual(await journeys.move(visitor), code);
  await journeys.cancel(visitor);
}

const ALL = {
  "book, move, cancel": bookAndCancel,
  "visit of several people": journeys.visit,
  "my data": journeys.myData,
  "draw": journeys.draw,
};
/** In a demo where most is booked. */
const SCARCE = { "waiting list": journeys.waitingList };
/** Codes by e-mail are limited per day. */
const ONCE_A_LANGUAGE = { "my appointments and address": journeys.appointments };

const runs = ["de", "ar"].flatMap((language) => DEVICES.flatMap((device) =>
  WAYS.map((way) => ({ language, device, way }))));

function walk(name, journey, { language, device, way }, number) {
  const citizen = CITIZENS[(number + Math.floor(number / CITIZENS.length)) % CITIZENS.length];
  const where = { page: `journey: ${name}`, language, browser: "Chromium", check: `${way.way}, ${device.device}` };
  test(`${name} in ${language}: ${where.check}`, () => noted(where, () =>
    withVisitor(language, way, device, (visitor) => journey(visitor, citizen, way.way))));
}

for (const [name, journey] of Object.entries(process.env.SCARCE ? SCARCE : ALL)) {
  runs.forEach((run, number) => walk(name, journey, run, number));
}
if (!process.env.SCARCE) {
  for (const [name, journey] of Object.entries(ONCE_A_LANGUAGE)) {
    runs.filter(({ way, device }) => way.way !== "mouse" && device === DEVICES[1])
      .forEach((run, number) => walk(name, journey, run, number + 3));
  }
}
