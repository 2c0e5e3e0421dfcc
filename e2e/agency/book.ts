// Books with a client that a public generator made from the document alone. See test.sh.
import { randomUUID } from "node:crypto";
import { createClient } from "./slot-client/client";
import {
  cancelBooking,
  confirmBooking,
  findEarliestSlot,
  holdSlot,
  listBookings,
  listFreeDays,
  listFreeSlots,
  listServices,
} from "./slot-client";

/** Only who sends `Prefer: return=minimal` gets no body; the document knows both answers. */
function whole<T>(body: T | void): T {
  if (!body) throw new Error("an answer without its body");
  return body;
}

async function main([baseUrl, token, attendee]: string[]): Promise<void> {
  const anybody = createClient({ baseUrl });
  const person = createClient({ baseUrl, auth: () => token });
  const always = { throwOnError: true } as const;

  const { data: catalogue } = await listServices({ client: anybody, ...always });
  const service = catalogue.services.find((it) => !it.entitlement_required && it.slots === 1)!;
  const query = { service: [service.id] };
  const { data: earliest } = await findEarliestSlot({ client: anybody, query, ...always });
  const slot = earliest.slot!;
  const wish = { location: slot.location, start: slot.start, services: [service.id] };
  const { data: hold } = await holdSlot({ client: person, body: wish, ...always });

  const body = { hold_token: hold.hold_token, attendee, language: "en" as const };
  const headers = { "Idempotency-Key": randomUUID() };
  const confirm = () => confirmBooking({ client: person, body, headers, ...always });
  const booking = whole((await confirm()).data);
  const again = whole((await confirm()).data);
  if (booking.id !== again.id || booking.status !== "confirmed") throw new Error("not booked once");
  const { data: mine } = await listBookings({ client: person, ...always });
  if (!mine.bookings.some((it) => it.id === booking.id)) throw new Error("not among mine");

  const second = await holdSlot({ client: person, body: wish });
  if (!["already-booked", "slot-taken"].includes(second.error?.code ?? "")) {
    throw new Error(`held twice: ${JSON.stringify(second)}`);
  }

  // To move is to hold another slot that replaces the booking: both change in one step.
  const later = (days: number) =>
    new Date(Date.parse(slot.start) + days * 86_400_000).toISOString().slice(0, 10);
  const range = { ...query, from: later(1), to: later(14) };
  const { data: free } = await listFreeDays({ client: anybody, query: range, ...always });
  const date = free.days.at(-1)!.date;
  const { data: onIt } = await listFreeSlots({ client: anybody, query: { ...query, date }, ...always });
  const { location, start } = onIt.slots.at(-1)!;
  const other = { ...wish, location, start, replaces: booking.id };
  const { data: otherHold } = await holdSlot({ client: person, body: other, ...always });
  const moving = {
    body: { ...body, hold_token: otherHold.hold_token },
    headers: { "Idempotency-Key": randomUUID() },
  };
  const moved = whole((await confirmBooking({ client: person, ...moving, ...always })).data);
  if (moved.status !== "confirmed" || moved.id === booking.id) throw new Error("not moved");

  const giveUp = { path: { id: moved.id }, headers: { "Idempotency-Key": randomUUID() } };
  const cancel = () => cancelBooking({ client: person, ...giveUp, ...always });
  const cancelled = [whole((await cancel()).data), whole((await cancel()).data)];
  if (cancelled.some((it) => it.status !== "cancelled")) throw new Error("not cancelled");
  console.log(`ok  a generated TypeScript client books, moves and cancels ${moved.code}`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
