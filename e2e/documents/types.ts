// Uses the types that openapi-typescript made of each document, so that tsc has something to check. See test.sh.
import type { operations as Identity, components as OfIdentity } from "./types/identity";
import type { components as Events, webhooks } from "./types/notification";
import type { paths as Portal } from "./types/portal";
import type { components as Slot, paths } from "./types/slot";

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;

export const hold: Slot["schemas"]["HoldRequest"] = {
  location: "rathaus-mitte",
  start: "2027-01-05T09:00:00+01:00",
  services: ["personalausweis"],
  people: 1,
};
export const held = (it: Json<paths["/v1/holds"]["post"]["responses"][201]>): string => it.hold_token;
export const problem: Slot["schemas"]["Problem"]["code"] = "slot-taken";
export const standing: OfIdentity["schemas"]["CaseStanding"] = { code: "K7QD-3XHM", state: "open" };
export const tokens = (it: Json<Identity["getTokens"]["responses"][200]>): string => it.access_token;
export const event: Events["schemas"]["CloudEvent"]["type"] = "fairtermin.booking-confirmed.v1";
export type Told = webhooks["booking-cancelled"]["post"]["requestBody"];
export type Ready = Portal["/readyz"]["get"]["responses"][503];
