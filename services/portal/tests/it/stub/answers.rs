//! What the stub answers when all is well. It is Monday, 4 January 2027, 9 o'clock in Berlin.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Answer;

/// The id of the appointment.
pub(crate) const BOOKING: &str = "bkg_01jdc6nvt8e0pb9s3k1zqk6yzx";
/// The code of the appointment.
pub(crate) const CODE: &str = "K7QD-3XHM";

/// The id of the draw.
pub(crate) const DRAW: &str = "drw_01jdc6nvt8e0pb9s3k1zqk6yzx";

pub(super) fn all_is_well() -> HashMap<String, Answer> {
    let slots = |starts: &[&str]| {
        let slot = |start: &&str| {
            let (hour, minute) = start.split_once(':').expect("a time of day");
            let end = minute.parse::<u8>().expect("minutes") + 20;
            let (start, end) =
                (format!("2027-01-05T{start}:00Z"), format!("2027-01-05T{hour}:{end}:00Z"));
            json!({ "location": "mitte", "start": start, "end": end, "free": 1 })
        };
        starts.iter().map(slot).collect::<Vec<_>>()
    };
    // Three times, each at several desks, so visits that overlap are counted in `free`.
    let days = json!({
        "days": [
            { "date": "2027-01-05", "free": 9, "starts": 3 },
            { "date": "2027-02-01", "free": 30, "starts": 30 },
        ],
        "closed": ["2027-01-10"],
    });
    let answers = [
        (
            "GET /buergeramt/v1/authority",
            json!({ "id": "buergeramt", "name": { "de": "Bürgeramt" } }),
        ),
        ("GET /buergeramt/v1/services", services()),
        ("GET /buergeramt/v1/locations", locations()),
        ("GET /buergeramt/v1/availability/days", days),
        ("GET /buergeramt/v1/availability/earliest", json!({ "slot": slots(&["08:00"])[0] })),
        (
            "GET /buergeramt/v1/availability/slots",
            json!({ "slots": slots(&["08:00", "11:30", "15:00"]) }),
        ),
        ("POST /buergeramt/v1/holds", hold()),
        ("POST /buergeramt/v1/bookings", booking("confirmed")),
        ("GET /buergeramt/v1/bookings", json!({ "bookings": [] })),
        ("GET /buergeramt/v1/draws", json!({ "draws": [draw("announced")] })),
        ("GET /buergeramt/v1/waiting-list", json!({ "entries": [] })),
        ("GET /buergeramt/v1/waiting-lists", json!({ "waiting_lists": [waiting_list()] })),
        ("GET /contact", json!({ "email": null })),
    ];
    let answers = answers.map(|(what, value)| (what.to_owned(), Answer::Json(200, value)));
    HashMap::from(answers)
}

fn services() -> Value {
    json!({
        "groups": [{ "id": "ausweis", "name": { "de": "Ausweise", "en": "Identity documents" } }],
        "services": [
            {
                "id": "120703", "name": { "de": "Personalausweis", "en": "Identity card" },
                "group": "ausweis", "combinable": true, "trust_level": "substantial",
                "max_people": 3, "max_services": 2,
                "documents": [{ "de": "Foto", "en": "Photo" }],
                "keywords": { "de": ["Perso"], "tr": ["kimlik kartı"] }, "number": "120703",
                "fee": {
                    "text": { "de": "37 Euro", "en": "37 euros" },
                    "source": { "url": "https://www.amt.example/fees", "as_of": "2026-11" },
                },
                "link": { "url": "https://amt.example/120703/", "as_of": "2026-11-20" },
                "online": {
                    "url": "javascript:alert(1)",
                    "source": { "url": "javascript:alert(2)", "as_of": "2026" },
                },
                "waiting_list": true,
                "cool_down_days": 14, "late_cancellation_hours": 12,
                "free_cancellations": { "max": 5, "days": 30 },
            },
            {
                "id": "121151", "name": { "de": "Reisepass", "en": "Passport" }, "group": "ausweis", "combinable": true,
                "max_people": 5, "earlier_by_draw": true,
            },
            {
                "id": "324280", "name": { "de": "Niederlassungserlaubnis" }, "group": "aufenthalt",
                "entitlement_required": true,
            },
            {
                "id": "120686", "name": { "de": "Anmeldung", "en": "Registration" }, "group": "ausweis",
                "combinable": true,
            },
            {
                "id": "121701", "name": { "de": "Beglaubigung", "en": "Certified copies" }, "group": "ausweis",
                "combinable": true, "trust_level": "substantial", "allocation": "draw-then-immediate",
            },
        ],
    })
}

fn locations() -> Value {
    let all = ["120703", "121151", "324280", "120686", "121701"];
    json!({ "locations": [
        {
            "id": "mitte", "name": { "de": "Rathaus Mitte" }, "services": all,
            "address": { "street": "Karl-Marx-Allee 31", "postal_code": "10178", "city": "Berlin" },
            "access": { "de": "Aufzug", "en": "There is a lift" },
        },
        { "id": "wedding", "name": { "de": "Rathaus Wedding" }, "services": all },
    ]})
}

/// A hold of ten minutes for tomorrow, 9 o'clock.
pub(crate) fn hold() -> Value {
    json!({
        "hold_id": "hld_01jdc6nvt8e0pb9s3k1zqk6yzx", "hold_token": "the hold token",
        "location": "mitte", "start": "2027-01-05T08:00:00Z", "end": "2027-01-05T08:20:00Z",
        "services": ["120703"], "expires_at": "2027-01-04T08:10:00Z",
    })
}

/// What pages say about [`hold`] in English.
pub(crate) const fn reserved_until() -> &'static str {
    "Reserved for you until 09:10"
}

/// The appointment of [`hold`] in this state.
pub(crate) fn booking(status: &str) -> Value {
    json!({
        "id": BOOKING, "code": CODE, "status": status, "location": "mitte",
        "start": "2027-01-05T08:00:00Z", "end": "2027-01-05T08:20:00Z", "services": ["120703"],
        "created_at": "2027-01-04T08:00:00Z",
    })
}

/// A draw that opened this morning and closes on Thursday.
pub(crate) fn draw(status: &str) -> Value {
    let mut draw = json!({
        "id": DRAW, "service": "121701", "group": "ausweis", "status": status, "week": "2027-01-18",
        "opens": "2027-01-04T07:00:00Z", "closes": "2027-01-07T07:00:00Z", "slots": 12,
    });
    if matches!(status, "announced" | "frozen" | "revealed") {
        draw["result_from"] = json!("2027-01-07T07:30:00Z");
    }
    draw
}

/// [`draw`] with what is published of it: seats on Monday and Tuesday, at both places.
pub(crate) fn published(draw: &Value) -> Value {
    let row =
        |day: &str| json!({ "day": day, "from": "08:00", "minutes": 20, "place": 0, "slots": 6 });
    let announcement = json!({
        "beacon": { "drand": { "chain": "52db", "round": 35_497_879 } }, "commitment": "c0ffee",
        "detail": "seat", "identity": { "independent": false },
        "rows": [row("2027-01-18"), row("2027-01-19")],
        "visit": { "companionSlots": 1, "companions": 1, "slots": 1 },
    });
    json!({ "draw": draw, "locations": ["mitte", "wedding"], "announcement": announcement.to_string() })
}

/// An entry of two wishes: Tuesday morning in Mitte, or anything.
pub(crate) fn entry(status: &str) -> Value {
    json!({
        "id": "ntr_01jdc6nvt8e0pb9s3k1zqk6yzx", "draw": DRAW, "status": status, "people": 1,
        "wishes": [
            { "locations": ["mitte"], "weekdays": [2], "except": [], "before": "10:00" },
            { "locations": [], "weekdays": [], "except": [] },
        ],
        "revision": 0, "entered_at": "2027-01-04T09:00:00+01:00", "receipt": "{}\n\n— signed\n",
    })
}

/// The waiting list of the identity card.
fn waiting_list() -> Value {
    json!({
        "service": "120703", "people": 41, "max_people": 10_000, "offer_hours": 24,
        "least_hours": 2, "declines": 2, "answer_hours": 168, "stand_by_minutes": 15,
        "rejoin_after_days": 30, "phoned_hours": 24,
    })
}

/// The id of the place in the waiting list.
pub(crate) const PLACE: &str = "wtg_01jdc6nvt8e0pb9s3k1zqk6yzx";
/// The id of the offer.
pub(crate) const OFFER: &str = "ofr_01jdc6nvt8e0pb9s3k1zqk6yzx";

/// A place that was taken today: on Tuesday mornings in Mitte, or anything.
pub(crate) fn place(status: &str) -> Value {
    json!({
        "id": PLACE, "service": "120703", "group": "ausweis", "status": status, "people": 1,
        "wishes": [
            { "locations": ["mitte"], "weekdays": [2], "except": ["2027-01-19"], "before": "12:00" },
            { "locations": [], "weekdays": [], "except": ["2027-01-19"] },
        ],
        "joined_at": "2027-01-04T09:00:00+01:00", "declines_left": 2,
        "place": {
            "day": "2027-01-04", "ahead_at_least": 12, "ahead_at_most": 15, "commitment": "c0ffee",
        },
    })
}

/// A seat on Thursday that is offered until tomorrow.
pub(crate) fn offer() -> Value {
    json!({
        "id": OFFER, "location": "mitte", "start": "2027-01-07T09:00:00+01:00",
        "end": "2027-01-07T09:20:00+01:00", "valid_until": "2027-01-05T10:00:00+01:00",
    })
}
