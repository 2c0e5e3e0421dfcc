// A visitor who knows no language: finds links, buttons and fields by what they lead to, and uses them with
// the hands that the test gives them, a mouse or a keyboard.
import assert from "node:assert/strict";
import { base, withPerson } from "../portal.mjs";

/** So many stops of the tab key at most, on any page. */
const MOST_STOPS = 200;

const mouse = {
  press: (page, target) => target.click(),
  type: (page, target, text) => target.fill(text),
  check: (page, target) => target.check(),
  /** Chooses the `nth` of the options. */
  choose: (page, target, nth) => target.selectOption({ index: nth }),
};

/** Nothing but the tab key, Enter, the space bar, arrows and letters. */
const keyboard = {
  async press(page, target) {
    await tabTo(page, target);
    await page.keyboard.press("Enter");
  },
  async type(page, target, text) {
    await tabTo(page, target);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  },
  async check(page, target) {
    if (await target.isChecked()) return;
    await tabTo(page, target);
    await page.keyboard.press("Space");
  },
  async choose(page, target, nth) {
    await tabTo(page, target);
    await page.keyboard.press("Home");
    for (let count = 0; count < nth; count++) await page.keyboard.press("ArrowDown");
  },
};

async function tabTo(page, target) {
  await target.waitFor();
  const element = await target.elementHandle();
  for (let count = 0; count < MOST_STOPS; count++) {
    if (await element.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the tab key does not reach ${target} at ${page.url()}`);
}

export class Visitor {
  /** `language` is that of addresses, `hands` the mouse or the keyboard. */
  constructor(person, language, hands) {
    Object.assign(this, { person, page: person.page, language, hands });
  }

  at(selector, nth = 0) {
    return this.page.locator(selector).nth(nth);
  }

  /** Opens a page of the portal in the visitor's language; the address begins with a slash or is empty. */
  async open(address) {
    await this.page.goto(`${base}/${this.language}${address}`);
  }

  /** Presses a link or button that leads to another page, and is there. */
  async go(selector, nth) {
    const target = this.at(selector, nth);
    await target.waitFor();
    await Promise.all([this.page.waitForEvent("load"), this.hands.press(this.page, target)]);
  }

  async unfold(selector, nth) {
    await this.hands.press(this.page, this.at(selector, nth));
  }

  async type(selector, text) {
    await this.hands.type(this.page, this.at(selector), text);
  }

  async check(selector, nth) {
    await this.hands.check(this.page, this.at(selector, nth));
  }

  async choose(selector, nth) {
    await this.hands.choose(this.page, this.at(selector), nth);
  }

  /** Waits for something of this page, and gives its text. */
  async sees(selector) {
    await this.at(selector).waitFor();
    return (await this.at(selector).innerText()).trim();
  }

  /** From the page on which one chooses where to log in, with the card alone. */
  async showCard(citizen) {
    await this.go('a[href*="provider=eid"]');
    await this.go(`a[href*="citizen=${citizen}&"][href$="means=online-id"]`);
    assert.ok(this.page.url().startsWith(base), `back at the portal, not at ${this.page.url()}`);
  }

  /** Opens a page that needs a log-in. */
  async openLoggedIn(address, citizen) {
    await this.open(`/login?back=/${this.language}${address}`);
    await this.go('main .actions a.kern-btn--primary');
    await this.showCard(citizen);
  }
}

/** The ways in which each journey is walked. */
export const WAYS = [
  { way: "mouse", hands: mouse, options: {} },
  { way: "keyboard", hands: keyboard, options: {} },
  { way: "no JavaScript", hands: mouse, options: { javaScriptEnabled: false } },
];
export const DEVICES = [
  { device: "1100 pixels", viewport: { width: 1100, height: 900 } },
  { device: "360 pixels", viewport: { width: 360, height: 740 } },
];

/** Gives the test a visitor. */
export function withVisitor(language, { hands, options }, { viewport }, test) {
  return withPerson({ ...options, viewport }, (person) => test(new Visitor(person, language, hands)));
}

export const byMouse = (language, test) => withVisitor(language, WAYS[0], DEVICES[0], test);
