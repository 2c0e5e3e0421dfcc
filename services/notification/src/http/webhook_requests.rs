//! What a webhook gets, for the section `webhooks` of the API's document (OpenAPI 3.1 section 4.8.1).
//!
//! One request per kind of event. The contracts between our services are in `proto/`; what an agency
//! sees of them is written by `webhook::event` and described here, and a test compares the two.

use serde_json::{Map, Value, json};
use vocabulary::EventKind;

/// Adds all of them to a document, by kind, and what they contain to its schemas.
pub(super) fn add_to(document: &mut Value) {
    for kind in EventKind::ALL {
        document["webhooks"][kind.as_str()] = request(kind);
        document["components"]["schemas"][schema_name(kind)] = schema(kind);
    }
}

/// For example `BookingConfirmedEvent`.
fn schema_name(kind: EventKind) -> String {
    let (_, message) = kind.message().rsplit_once('.').unwrap_or_default();
    format!("{message}Event")
}

fn request(kind: EventKind) -> Value {
    let Told { id, summary, data } = told(kind);
    json!({ "post": {
        "tags": ["Webhooks"],
        "operationId": id,
        "summary": summary,
        "description": "A CloudEvent in structured mode, signed after Standard Webhooks. Check \
            `webhook-signature`, answer within some seconds, and work afterwards.",
        "security": [],
        "parameters": [
            header("webhook-id", "The same however often it is delivered: what was handled is known by it."),
            header("webhook-timestamp", "When it was sent, in seconds since 1970 (UTC)."),
            header("webhook-signature", "`v1,` and the HMAC-SHA256 of id, timestamp and body; several while a secret is rotated."),
        ],
        "requestBody": {
            "required": true,
            "content": { "application/cloudevents+json": {
                "schema": { "$ref": format!("#/components/schemas/{}", schema_name(kind)) },
                "example": example(kind, data),
            } },
        },
        "responses": {
            "2XX": { "description": "Taken. Any other answer, or none in time, is tried again." },
            "410": { "description": "Nobody is there any more: the webhook is paused." },
        },
    } })
}

fn header(name: &str, description: &str) -> Value {
    json!({
        "name": name, "in": "header", "required": true, "description": description,
        "schema": { "type": "string" },
    })
}

/// An event, and which of its fields are there with this kind.
fn schema(kind: EventKind) -> Value {
    let Told { summary, data, .. } = told(kind);
    let fields: Vec<_> = data.as_object().into_iter().flat_map(Map::keys).collect();
    json!({ "description": format!("{summary}."), "allOf": [
        { "$ref": "#/components/schemas/CloudEvent" },
        { "type": "object", "properties": {
            "type": { "type": "string", "enum": [type_of(kind)] },
            "data": { "allOf": [
                { "$ref": "#/components/schemas/EventData" },
                { "type": "object", "required": fields },
            ] },
        } },
    ] })
}

fn example(kind: EventKind, data: Value) -> Value {
    json!({
        "specversion": "1.0",
        "id": "evt_01jgv5qp2w9x3k7m4n8rt6yhzd",
        "source": "urn:fairtermin:authority:buergeramt",
        "type": type_of(kind),
        "subject": data["booking_id"],
        "time": "2027-01-04T07:58:11Z",
        "sequence": "42",
        "datacontenttype": "application/json",
        "data": data,
    })
}

fn type_of(kind: EventKind) -> String {
    format!("fairtermin.{}.v1", kind.as_str())
}

/// What is said of one kind.
struct Told {
    /// The name of the operation, for generated code.
    id: &'static str,
    summary: &'static str,
    /// An example of its data, with all fields that it has.
    data: Value,
}

fn told(kind: EventKind) -> Told {
    let with = |field: &str, value: Value| {
        let mut data = appointment();
        data[field] = value;
        data
    };
    match kind {
        EventKind::BookingConfirmed => Told {
            id: "bookingConfirmed",
            summary: "A person has an appointment",
            data: appointment(),
        },
        EventKind::BookingRebooked => Told {
            id: "bookingRebooked",
            summary: "An appointment took the place of another one",
            data: with("replaced_booking_id", "bkg_01jgv5mfa3s8d2h6k9p4r7t1wx".into()),
        },
        EventKind::BookingCancelled => Told {
            id: "bookingCancelled",
            summary: "The person or the office gave an appointment up",
            data: with("cancelled_by", "person".into()),
        },
        EventKind::BookingAttended => Told {
            id: "bookingAttended",
            summary: "The front desk moved an appointment on",
            data: json!({
                "booking_id": "bkg_01jgv5nqk8t2c4x7m1r6w9d3hz",
                "order": 17,
                "attendance": "checked-in",
                "happened_at": "2027-01-05T08:57:30+01:00",
            }),
        },
        EventKind::BookingChanged => Told {
            id: "bookingChanged",
            summary: "The office changed what the place or the services are called",
            data: appointment(),
        },
    }
}

fn appointment() -> Value {
    json!({
        "booking_id": "bkg_01jgv5nqk8t2c4x7m1r6w9d3hz",
        "series_id": "bkg_01jgv5nqk8t2c4x7m1r6w9d3hz",
        "order": 16,
        "sequence": 0,
        "location": "rathaus-mitte",
        "services": ["personalausweis"],
        "start": "2027-01-05T09:00:00+01:00",
        "end": "2027-01-05T09:20:00+01:00",
    })
}
