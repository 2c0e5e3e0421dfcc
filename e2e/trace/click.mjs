// Books an appointment; every request of the browser names the same trace.
import test from "node:test";
import { withPerson } from "../browser/portal.mjs";

const traceparent = `00-${process.env.TRACE_ID}-00f067aa0ba902b7-00`;

test("a click that names its trace becomes a booking", async () => {
  await withPerson({ extraHTTPHeaders: { traceparent } }, async (person) => {
    const { page } = person;
    await person.open("/de/buergeramt/days?service=meldebescheinigung");
    await page.locator(".month a").nth(3).click();
    await page.locator(".slot").nth(4).click();
    await person.press("Jetzt anmelden");
    await person.showCard("erika");
    await person.press("Verbindlich buchen");
    await page.getByText("Ihr Termin ist gebucht").waitFor();
  });
});
