//! What a webhook gets, for the section `webhooks` of the API's document (OpenAPI 3.1 section 4.8.1).
//!
//! One request per kind of event. The contracts between our services are in `proto/`; what an agency
//! sees of them is written by `webhook::event` and described here, and a test compares the two.

use serde_json::{Map, Value, json};
use vocabulary::EventKind;

use crate::webhook::{batch::MAX_EVENTS, event::PING};

/// Adds all of them to a document, by kind, and what they contain to its schemas.
pub(super) fn add_to(document: &mut Value) {
    for kind in EventKind::ALL {
        document["webhooks"][kind.as_str()] = request(kind);
        document["components"]["schemas"][schema_name(kind)] = schema(kind);
    }
    let ping = json!({ "$ref": "#/components/schemas/PingEvent" });
    document["webhooks"][PING] = json!({ "post": {
        "operationId": PING,
        "summary": "You asked for a test event",
        "requestBody": {
            "required": true,
            "content": { ONE: { "schema": ping, "example": ping_example() } },
        },
    } });
    add_what_all_have(&mut document["webhooks"][PING]["post"]);
    document["components"]["schemas"]["PingEvent"] = ping_schema();
    document["components"]["schemas"]["EventBatch"] = batch_schema();
}

/// One event in structured mode, and several (CloudEvents, JSON format, sections 3 and 4).
const ONE: &str = "application/cloudevents+json";
const SEVERAL: &str = "application/cloudevents-batch+json";

/// Of each request: who sends it, how it is signed, what is answered; and how a webhook that asked for
/// batches gets it.
fn add_what_all_have(operation: &mut Value) {
    operation["tags"] = json!(["Webhooks"]);
    operation["security"] = json!([]);
    operation["description"] =
        "A CloudEvent in structured mode, or an array of several if the webhook asked for a `batch`, signed after \
         Standard Webhooks. Check `webhook-signature`, answer within some seconds, and work afterwards."
            .into();
    operation["parameters"] = json!([
        header(
            "webhook-id",
            "The same however often it is delivered: what was handled is known by it."
        ),
        header("webhook-timestamp", "When it was sent, in seconds since 1970 (UTC)."),
        header(
            "webhook-signature",
            "`v1,` and, in base64, the HMAC-SHA256 of `{webhook-id}.{webhook-timestamp}.{body}`; the key is what stands in \
             base64 after `whsec_` in the secret. Several with spaces between, while a secret is rotated."
        ),
    ]);
    operation["requestBody"]["content"][SEVERAL] =
        json!({ "schema": { "$ref": "#/components/schemas/EventBatch" } });
    operation["responses"] = json!({
        "2XX": { "description": "Taken. Any other answer, also a redirect, or none in time, is tried again." },
        "410": { "description": "The receiver is gone for good: the webhook is paused." },
    });
}

fn batch_schema() -> Value {
    let one = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
    let kinds = EventKind::ALL.map(schema_name).map(one);
    let any: Vec<_> = kinds.into_iter().chain([one("PingEvent".to_owned())]).collect();
    json!({
        "type": "array", "minItems": 1, "maxItems": MAX_EVENTS, "items": { "anyOf": any },
        "description": "Events of any kind, oldest first: a webhook that asked for a `batch`.",
    })
}

/// About a webhook and no booking.
fn ping_schema() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let example = ping_example();
    let fields: Vec<_> = example.as_object().into_iter().flat_map(Map::keys).collect();
    json!({
        "type": "object",
        "description": "A test event: `POST /v1/{authority}/webhooks/{id}/ping`.",
        "required": fields,
        "properties": {
            "specversion": text("`1.0`"),
            "id": text("The same however often it comes."),
            "source": text("Which authority's slot service."),
            "type": { "type": "string", "enum": [example["type"]] },
            "subject": text("The webhook."),
            "time": { "type": "string", "format": "date-time" },
            "sequence": text("Its place among the events. Follow the feed by `next` of its answers."),
            "datacontenttype": text("`application/json`"),
            "data": { "type": "object", "description": "Nothing." },
        },
    })
}

fn ping_example() -> Value {
    json!({
        "specversion": "1.0",
        "id": "evt_01jgv5qp2w9x3k7m4n8rt6yhzd",
        "source": "urn:fairtermin:authority:buergeramt",
        "type": format!("fairtermin.{PING}.v1"),
        "subject": "sub_01jgv5qp2w9x3k7m4n8rt6yhzd",
        "time": "2026-12-28T07:58:11Z",
        "sequence": "42",
        "datacontenttype": "application/json",
        "data": {},
    })
}

/// For example `BookingConfirmedEvent`.
fn schema_name(kind: EventKind) -> String {
    let (_, message) = kind.message().rsplit_once('.').unwrap_or_default();
    format!("{message}Event")
}

fn request(kind: EventKind) -> Value {
    let Told { id, summary, data } = told(kind);
    let mut request = json!({ "post": {
        "operationId": id,
        "summary": summary,
        "requestBody": {
            "required": true,
            "content": { ONE: {
                "schema": { "$ref": format!("#/components/schemas/{}", schema_name(kind)) },
                "example": example(kind, data),
            } },
        },
    } });
    add_what_all_have(&mut request["post"]);
    request
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
    let time = match kind {
        EventKind::BookingConfirmed
        | EventKind::BookingRebooked
        | EventKind::BookingCancelled
        | EventKind::BookingChanged => "2026-12-28T07:58:11Z",
        // On the day of the appointment.
        EventKind::BookingAttended => "2027-01-05T07:57:30Z",
    };
    json!({
        "specversion": "1.0",
        "id": "evt_01jgv5qp2w9x3k7m4n8rt6yhzd",
        "source": "urn:fairtermin:authority:buergeramt",
        "type": type_of(kind),
        "subject": data["booking_id"],
        "time": time,
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
