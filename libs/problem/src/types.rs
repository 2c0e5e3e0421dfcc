//! The table of problem types.
//!
//! One line each: name, code, status, title, advice. Grouped by who answers with them; a code is
//! used by any service that means the same. A test in `e2e` proves that each is produced somewhere
//! and has its page.
//!
//! ```
//! use problem::{Problem, types};
//!
//! let problem = Problem::new(&types::SLOT_TAKEN).detail("It went a moment ago.");
//! assert_eq!(problem.document()["code"], "slot-taken");
//! assert_eq!(problem.document()["status"], 409);
//! ```

use crate::ProblemType;

/// Makes a constant per line, documented by its own code, status and title, and [`ALL`] of them, so
/// that no type can be forgotten in the list from which pages are made.
macro_rules! problem_types {
    ($($name:ident = $code:literal, $status:literal, $title:literal, $advice:literal;)+) => {
        $(
            #[doc = concat!("`", $code, "`, ", stringify!($status), ": ", $title)]
            pub const $name: ProblemType =
                ProblemType { code: $code, status: $status, title: $title, advice: $advice };
        )+
        /// Every problem type of this table, in its order.
        pub const ALL: &[&ProblemType] = &[$(&$name),+];
    };
}

problem_types! {
    // Any service.
    INVALID_REQUEST = "invalid-request", 400, "The request cannot be read.", "Compare the request with the API description; `detail` names the field.";
    UNAUTHENTICATED = "unauthenticated", 401, "This needs an access token.", "Send a valid `Authorization: Bearer` token, or `DPoP` with a proof if it is bound to a key.";
    INVALID_TOKEN = "invalid-token", 401, "The access token is not valid.", "Get a new token; this one is expired, revoked, malformed or not signed by our identity service.";
    INVALID_DPOP_PROOF = "invalid-dpop-proof", 401, "Nothing proves that the sender has the token's key.", "Send a new proof with each request in one `DPoP` header (RFC 9449, `fairtermin agency proof`); `detail` says what was wrong with this one.";
    WRONG_AUDIENCE = "wrong-audience", 401, "The access token is for another authority.", "Get a token for this authority with the `resource` parameter (RFC 8707).";
    FORBIDDEN = "forbidden", 403, "This caller may not do this.", "Ask for the scope or role that the API description states for this operation.";
    LEVEL_TOO_LOW = "level-too-low", 403, "The person must log in at a higher trust level.", "Log in again with `acr_values` set to `required_level`.";
    NOT_FOUND = "not-found", 404, "There is nothing at this address that this caller may see.", "Check the identifier.";
    METHOD_NOT_ALLOWED = "method-not-allowed", 405, "This address does not know that method.", "See the `Allow` header.";
    NOT_ACCEPTABLE = "not-acceptable", 406, "This is not told in any form that `Accept` allows.", "Name one of the media types that the API description lists, or leave `Accept` out.";
    REQUEST_TOO_SLOW = "request-too-slow", 408, "The request's body came too slowly.", "Nothing was done. Send the whole request within nine seconds.";
    PAYLOAD_TOO_LARGE = "payload-too-large", 413, "The request body is too large.", "Send less; `detail` states the limit.";
    UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type", 415, "The body is written in something else than what is read here.", "Send `Content-Type: application/json` and UTF-8, or what `detail` names.";
    RATE_LIMITED = "rate-limited", 429, "Too many requests.", "Wait for the seconds in `Retry-After`.";
    INTERNAL = "internal", 500, "Something went wrong on our side.", "Try again; if it persists, tell the operator the request id.";
    UNAVAILABLE = "unavailable", 503, "A part that this needs is not available at the moment.", "Wait for the seconds in `Retry-After`, then try again.";

    // Persons, at the identity service's desk.
    PERSON_UNCLEAR = "person-unclear", 409, "It is unclear who this person is.", "Open the case that `case` names: two members of staff decide with the document.";
    SECOND_PERSON_NEEDED = "second-person-needed", 403, "A second member of staff must approve.", "Ask a colleague to look at it and to approve the case that `case` names; then send the same request again.";
    REASON_NEEDED = "reason-needed", 422, "This needs a reason.", "Send `reason` with a `code` of the list in the API description, and a short `note` if it is `other`.";
    DOCUMENT_NEEDED = "document-needed", 422, "Nobody has seen a document of this person yet.", "Look at the document (`POST /desk/persons` of the identity service) and send the answer's `attendee_token` as `attendee`.";
    CASE_STATE = "case-state", 409, "The case is in another state.", "Read the case again; `state` tells where it stands.";

    // Slots and holds.
    UNKNOWN_SERVICE = "unknown-service", 422, "This authority does not offer that service.", "Use an id from `GET /v1/services`.";
    UNKNOWN_LOCATION = "unknown-location", 422, "This authority has no such location.", "Use an id from `GET /v1/locations`.";
    SLOT_NOT_OFFERED = "slot-not-offered", 422, "No visit can start at this time here.", "Use a `start` from `GET /v1/availability/slots`.";
    SLOT_IN_PAST = "slot-in-past", 422, "The slot has begun already.", "Choose a later start.";
    SLOT_OFF_GRID = "slot-off-grid", 422, "The start is between two steps of the location's grid.", "Use a `start` from `GET /v1/availability/slots`.";
    CLOSED = "closed", 422, "The location is closed on that day.", "Use a day from `GET /v1/availability/days`.";
    WRONG_DURATION = "wrong-duration", 422, "The visit does not end at `end`.", "Leave `end` out, or use the one from `GET /v1/availability/slots`.";
    SERVICES_NOT_COMBINABLE = "services-not-combinable", 422, "These services cannot be done in one visit.", "Book them separately, or see `combinable` in `GET /v1/services`.";
    SLOT_TAKEN = "slot-taken", 409, "Somebody else has this slot.", "Choose another start.";
    ALREADY_HOLDING = "already-holding", 409, "This person already holds a slot in this service group.", "Confirm or release the other hold first (`GET /v1/holds` has its token), or wait until it expires at `expires_at`.";
    HELD_BY_STAFF = "held-by-staff", 409, "Staff keep an appointment for this person.", "Only the office books it. The person can release it (`GET /v1/holds` has its token), or wait until it ends at `expires_at`.";
    ALREADY_BOOKED = "already-booked", 409, "This person already has an active booking in this service group.", "Move it (a hold with `replaces`) or cancel it first.";
    HOLD_INVALID = "hold-invalid", 422, "The hold token is not valid.", "Send the `hold_token` of `POST /v1/holds` unchanged, with the same person's access token.";
    HOLD_EXPIRED = "hold-expired", 410, "The hold has expired.", "Hold a slot again.";
    HOLD_GIVEN_UP = "hold-given-up", 410, "The hold was given up.", "Hold a slot again.";
    HOLD_OTHER_EDITION = "hold-other-edition", 410, "The hold token is from another edition of this service.", "Hold a slot again.";
    HOLD_EXTENDED_BEFORE = "hold-extended-before", 409, "The end of the hold was put off before.", "Confirm before `expires_at`, or hold a slot again.";
    ASKED_TOO_SOON = "asked-too-soon", 429, "This slot was taken when it was asked for a moment ago.", "Choose another start from `GET /v1/availability/slots`, or wait for the seconds in `Retry-After`: asking for what is taken waits longer each time.";
    HOLDS_UNAVAILABLE = "holds-unavailable", 503, "Slots cannot be held at the moment.", "Wait for the seconds in `Retry-After`; bookings are safe.";

    // Bookings.
    ATTENDEE_INVALID = "attendee-invalid", 422, "The attendee token is not valid.", "Send the signed userinfo response of the same person for this authority.";
    BOOKING_NOT_FOUND = "booking-not-found", 404, "There is no such booking for this caller.", "Check the booking id.";
    BOOKING_NOT_ACTIVE = "booking-not-active", 409, "The booking is no longer in a state that allows this.", "Read the booking; `status` tells its state.";
    BOOKING_STARTED = "booking-started", 409, "The appointment has begun.", "Ask at the desk.";
    BOOKING_NOT_BEGUN = "booking-not-begun", 409, "The appointment has not begun yet.", "Mark it as missed once its time has come.";
    NOT_TODAY = "not-today", 409, "The appointment is on another day.", "Act on the day of the appointment; move or cancel it before.";
    NO_LONGER_NOTED = "no-longer-noted", 409, "What became of this appointment can no longer be noted.", "It is noted within twelve hours of its end, and a miss is corrected on the day of the appointment. Later, lift what counts against the person (`POST /v1/desk/limits/lift`), with a reason.";
    PERSON_MERGED = "person-merged", 409, "This person is known under another identifier by now.", "Log in again.";
    TICKET_NOT_FOUND = "ticket-not-found", 404, "There is no such queue ticket for this caller.", "Check the ticket id.";
    TICKET_NOT_ACTIVE = "ticket-not-active", 409, "The queue ticket is no longer in a state that allows this.", "Read the queue; `status` tells its state.";
    ENTITLEMENT_NOT_FOUND = "entitlement-not-found", 404, "There is no such entitlement for this caller.", "Check reference and service; name and birth date are those of the log-in. If they are right, a person helps: call or visit the office, with the letter and the document that was used to log in.";
    ENTITLEMENT_TAKEN = "entitlement-taken", 409, "The reference is right, and another person has claimed its entitlement already.", "If that was not you, call or visit the office with the letter: it sees when and where the entitlement was claimed, and can release it.";
    ENTITLEMENT_CONFLICT = "entitlement-conflict", 409, "This reference is in use for this service.", "References are unique per service among all agencies of the authority, for ever: give the person another one. If it is the person's own, send, beside the new spelling, one that was posted before.";
    REISSUE_OVER = "reissue-over", 409, "The reference that this re-issue made is worth nothing any more.", "`current_status` says why: `reissued` again since, or `withdrawn`. Re-issue the entitlement with a new `Idempotency-Key`, if its person needs a reference.";
    // Dates that the office gives.
    ASSIGNED_BY_OFFICE = "assigned-by-office", 409, "The office gives dates of this service itself.", "Wait for the date of the application on file (`GET /v1/assigned-dates`), or ask at the office.";
    NOT_ASSIGNED = "not-assigned", 409, "The office does not give dates of this service.", "See `allocation` in `GET /v1/services`: people book such dates themselves.";
    DATE_ALREADY_ASSIGNED = "date-already-assigned", 409, "This application has another date.", "Withdraw that date first (`POST /v1/entitlements/{id}/date/withdraw`, at the desk `POST /v1/desk/assigned-dates/{id}/withdraw`).";
    DATE_NOT_FOUND = "date-not-found", 404, "There is no such date for this caller.", "Use an id from `GET /v1/assigned-dates`, at the desk from `GET /v1/desk/assigned-dates`; who has a letter claims its reference first.";
    DATE_OVER = "date-over", 409, "The date was answered, has lapsed or was taken back.", "`current_status` says which. One that was `accepted` is an appointment: read or cancel that. Otherwise the application stays on file, and the office gives another date.";
    // Draws.
    ALLOCATED_BY_DRAW = "allocated-by-draw", 409, "Seats of this service are drawn on that day.", "Enter the draw (`GET /v1/draws`), or ask at the office.";
    DRAW_NOT_FOUND = "draw-not-found", 404, "There is no such draw.", "Use an id from `GET /v1/draws`.";
    DRAW_NOT_OPEN = "draw-not-open", 409, "Nobody can enter, change or withdraw at the moment.", "Read the draw: `opens` and `closes` say when.";
    DRAW_NOT_SETTLED = "draw-not-settled", 409, "The draw has no result yet.", "Read the draw; its proof is there once `status` is `settled`.";
    ENTRY_NOT_FOUND = "entry-not-found", 404, "This person has no entry in the draw.", "Enter it while it is open.";
    ALREADY_ENTERED = "already-entered", 409, "This person has entered another draw of the service group.", "Withdraw there first, or wait for its result; `draw` says which it is.";
    ENTERED_IN_DOUBT = "entered-in-doubt", 409, "It is unresolved whether this person is known already; until then nobody enters a draw with this log-in.", "If this person has another log-in, enter with that one. Otherwise have staff look at the document: they resolve the case or enter the person at the desk.";
    LATER_APPOINTMENT_NEEDED = "later-appointment-needed", 409, "Only persons can enter this draw who have an appointment after its first day and want an earlier one.", "Enter with an appointment of the same group (`GET /v1/bookings`); `needs_appointment` of the draw says so.";
    ENTERED_BEFORE = "entered-before", 412, "This person has an entry in the draw already.", "Ask the person. Without `If-None-Match` the same request replaces the entry.";
    MADE_ONLINE = "made-online", 409, "The person made this online, so it is theirs alone.", "The person changes or ends it with any log-in of theirs. The desk can switch on their online ID and set a new PIN; an offer of a waiting list is declined by the link of its message.";
    ONLINE_TICKET = "online-ticket", 409, "This person has taken their ticket for the draw online.", "The person enters the draw with their own log-in; the desk gets no ticket of theirs.";
    DRAW_TICKET_NEEDED = "draw-ticket-needed", 422, "Who enters this draw needs a ticket of the identity service.", "Get it with the person's token (`POST /draws/{draw}/ticket` of the identity service) and send it as `ticket`.";
    DRAW_TICKET_INVALID = "draw-ticket-invalid", 422, "This is no ticket for this person and draw.", "Send the person's own ticket for this draw unchanged; `detail` says what is wrong.";
    DRAW_STILL_OPEN = "draw-still-open", 409, "People can still enter the draw.", "Freeze the list after `closes`, then ask again.";
    OTHER_ANNOUNCEMENT = "other-announcement", 409, "Another announcement of this draw is known.", "What is announced does not change: announce another draw.";
    OTHER_LIST = "other-list", 409, "Another list of this draw was countersigned.", "A frozen list does not change: ask for the one that was countersigned.";
    NO_WAITING_LIST = "no-waiting-list", 409, "This service has no waiting list.", "See `GET /v1/waiting-lists`; book or enter a draw instead.";
    WAITING_LIST_FULL = "waiting-list-full", 409, "The waiting list takes nobody more at the moment.", "Try again later, or ask at the office.";
    REJOIN_TOO_SOON = "rejoin-too-soon", 409, "The place in this waiting list was lost by offers that were declined or lapsed, and the list cannot be joined again online yet.", "Join again from `again_at` on. The office decides about exceptions and can put the person in line.";
    NOT_WAITING = "not-waiting", 404, "This person has no such place in a waiting list.", "Join the list; `GET /v1/waiting-list` lists one's own places.";
    WAITING_BEFORE = "waiting-before", 412, "This person waits in the list already.", "Ask the person. Without `If-None-Match` the same request changes the place.";
    WAITING_IN_DOUBT = "waiting-in-doubt", 409, "It is unresolved whether this person is known already; until then nobody joins a waiting list with this log-in.", "If this person has another log-in, join with that one. Otherwise have staff look at the document: they resolve the case or add the person at the desk.";
    ALREADY_WAITING = "already-waiting", 409, "This person waits in another list of the service group.", "Leave that list first.";
    OFFER_NOT_FOUND = "offer-not-found", 404, "There is no such offer for this caller.", "Use an id from `GET /v1/waiting-list`, or the link of the newest message.";
    OFFER_OVER = "offer-over", 409, "The offer was declined, has ended or was taken back.", "Read one's own places: who still waits gets the next offer.";

    // Events and webhooks.
    UNKNOWN_EVENT = "unknown-event", 422, "This authority has no such event.", "Use the `id` of an event of the feed (`GET /v1/{authority}/events`), or replay from a cursor or an instant.";
    CURSOR_AHEAD = "cursor-ahead", 410, "The feed has no event at this cursor yet.", "`newest` is the newest cursor. The service was restored from a backup, or the cursor is another authority's or service's: begin at 0, or with the `sequence` of an event that you had before, and drop what you have by the `id` of each event.";
    WEBHOOK_REMOVED = "webhook-removed", 410, "The webhook that this request made was removed since.", "Subscribe with a new `Idempotency-Key`, if events are wanted again.";
    SECRET_REPLACED = "secret-replaced", 409, "The secret that this request made was replaced by a later rotation.", "Use the secret of the latest rotation; if its answer was lost, rotate again with a new `Idempotency-Key`.";
    WEBHOOK_LIMIT = "webhook-limit", 409, "This client has as many webhooks with this authority as it may have.", "Remove one that is not needed (`DELETE /v1/{authority}/webhooks/{id}`); `GET /v1/{authority}/webhooks` lists them.";

    IDEMPOTENCY_KEY_MISSING = "idempotency-key-missing", 400, "This write needs an Idempotency-Key header.", "Send a fresh random key of 1 to 64 characters, and the same one when you repeat the request.";
    IDEMPOTENCY_MISMATCH = "idempotency-mismatch", 422, "This Idempotency-Key was used with another request.", "Use a fresh key for a different request.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let codes: HashSet<_> = ALL.iter().map(|kind| kind.code).collect();
        assert_eq!(codes.len(), ALL.len());
        assert!(codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }
}
