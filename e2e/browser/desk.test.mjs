// The front desk, and what only those who run the office see there.
import test from "node:test";
import assert from "node:assert/strict";
import { withPerson } from "./portal.mjs";

for (const [member, runsTheOffice] of [["buergeramt-clerk", false], ["buergeramt-supervisor", true]]) {
  test(`${member} works at the desk`, async () => {
    await withPerson({}, async (person) => {
      const { page } = person;
      await person.open("/de/buergeramt/desk");
      await person.logInAsStaff(member);
      assert.equal(await person.heading(), "Empfang");
      await person.press("Heutige Termine zeigen");
      await person.look(`desk-${member}`);
      const told = await page.getByText("Diese Angaben gelten seit").count();
      assert.equal(told, runsTheOffice ? 1 : 0, "which catalogue is in force");
      await page.getByLabel("Ihre Terminnummer").fill("nichts");
      await person.press("Suchen");
      await page.getByText("So sieht keine Terminnummer aus.").waitFor();
      await person.look(`desk-${member}-malformed`);
    });
  });
}
