//! CloudEvents attributes in AMQP headers (binary mode of the CloudEvents AMQP binding; the prefix
//! `cloudEvents_` is the one that other clients can read too).
//!
//! Binary mode: the body is the protobuf message alone, so consumers in other languages need no
//! envelope of ours. `x-attempt` and `x-reason` are ours and travel only between a queue, its retry
//! queues and its dead letters.

use jiff::Timestamp;
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable, LongString},
};
use vocabulary::{authority_of, schema_urn_of};

use crate::{Event, InvalidEvent};

/// The attribute `datacontenttype` of CloudEvents.
const CONTENT_TYPE: &str = "application/protobuf";
/// `delivery_mode` of messages that are written to disk.
const PERSISTENT: u8 = 2;
/// Counts from 1.
const ATTEMPT: &str = "x-attempt";
/// For the operator; no personal data.
const REASON: &str = "x-reason";

/// The properties of a message that carries `event` for the `attempt`-th time. `reason` tells why
/// the attempt before failed.
pub(super) fn properties(event: &Event, attempt: u32, reason: Option<&str>) -> BasicProperties {
    let mut headers = FieldTable::default();
    let mut set = |name: &str, value: &str| {
        headers.insert(name.into(), AMQPValue::LongString(LongString::from(value)));
    };
    set("cloudEvents_specversion", "1.0");
    set("cloudEvents_id", &event.id.to_string());
    set("cloudEvents_source", &event.source());
    set("cloudEvents_type", &event.kind);
    set("cloudEvents_subject", &event.subject);
    set("cloudEvents_time", &event.time.to_string());
    set("cloudEvents_dataschema", &schema_urn_of(&event.kind));
    if let Some(traceparent) = &event.traceparent {
        set("cloudEvents_traceparent", &traceparent.to_string());
    }
    if let Some(reason) = reason {
        set(REASON, reason);
    }
    headers.insert(ATTEMPT.into(), attempt.into());
    BasicProperties::default()
        .with_content_type(CONTENT_TYPE.into())
        .with_delivery_mode(PERSISTENT)
        .with_message_id(event.id.to_string().into())
        .with_headers(headers)
}

/// The event that a message carries.
///
/// The body is not decoded here: whether it follows its contract shows when a handler asks. A
/// missing trace is no error.
pub(super) fn event(properties: &BasicProperties, data: &[u8]) -> Result<Event, InvalidEvent> {
    let get = |name: &'static str| text(properties, name).ok_or(InvalidEvent::Attribute(name));
    let milliseconds = get("cloudEvents_time")?
        .parse::<Timestamp>()
        .map_err(|_| InvalidEvent::Attribute("cloudEvents_time"))?;
    Ok(Event {
        id: get("cloudEvents_id")?
            .parse()
            .map_err(|_| InvalidEvent::Attribute("cloudEvents_id"))?,
        authority: authority_of(&get("cloudEvents_source")?)
            .ok_or(InvalidEvent::Attribute("cloudEvents_source"))?,
        kind: get("cloudEvents_type")?,
        subject: get("cloudEvents_subject")?,
        time: milliseconds,
        traceparent: text(properties, "cloudEvents_traceparent").and_then(|text| text.parse().ok()),
        data: data.to_vec(),
    })
}

/// What the event is about; empty if the message is no event.
pub(super) fn subject(properties: &BasicProperties) -> String {
    text(properties, "cloudEvents_subject").unwrap_or_default()
}

/// Which attempt this delivery is, from 1.
pub(super) fn attempt(properties: &BasicProperties) -> u32 {
    match header(properties, ATTEMPT) {
        Some(AMQPValue::LongUInt(attempt)) => *attempt,
        // RabbitMQ hands unsigned numbers back as signed 64-bit ones after dead-lettering.
        Some(AMQPValue::LongLongInt(attempt)) => u32::try_from(*attempt).unwrap_or(1),
        _ => 1,
    }
}

/// Why a dead letter was given up.
///
/// A message without one was dead-lettered by the broker itself, at the delivery limit.
pub(super) fn reason(properties: &BasicProperties) -> String {
    text(properties, REASON)
        .unwrap_or_else(|| "the consumer died again and again while handling it".to_owned())
}

/// `None` if the message has no headers, or not this one.
fn header<'a>(properties: &'a BasicProperties, name: &str) -> Option<&'a AMQPValue> {
    properties.headers().as_ref()?.inner().get(name)
}

/// `None` for a header of another type, or one that is not UTF-8.
fn text(properties: &BasicProperties, name: &str) -> Option<String> {
    match header(properties, name)? {
        AMQPValue::LongString(text) => String::from_utf8(text.as_bytes().to_vec()).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ambient::{SeededEntropy, VirtualClock};
    use proto::person::v1::PersonErased;

    use super::*;

    #[test]
    fn an_event_survives_the_headers() {
        let clock = VirtualClock::at("2027-01-04T08:00:00.123Z".parse().unwrap());
        let event = Event::new(
            &"lea".parse().unwrap(),
            "psn_1",
            &PersonErased { pseudonym: "psn_1".to_owned() },
            &clock,
            &SeededEntropy::new(1),
        );
        let traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00".parse().ok();
        assert!(traceparent.is_some());
        for event in [event.clone(), Event { traceparent, ..event }] {
            let properties = properties(&event, 3, Some("busy"));
            assert_eq!(super::event(&properties, &event.data).unwrap(), event);
            assert_eq!(attempt(&properties), 3);
            assert_eq!(reason(&properties), "busy");
        }
        assert!(super::event(&BasicProperties::default(), &[]).is_err());
    }
}
