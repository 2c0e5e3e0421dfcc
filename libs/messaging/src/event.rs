//! What travels: a message with the attributes of CloudEvents 1.0.
//!
//! An event says what happened, in the past tense; it asks for nothing. Its content is a protobuf
//! message of `proto/`, its attributes are those of CloudEvents 1.0 (`id`, `source`, `type`,
//! `subject`, `time`, `dataschema`) so that other programs can read them.
//!
//! No personal data in clear: attributes are seen by brokers and logs, and what only one consumer
//! may read is sealed ([`SealingKey`](crate::SealingKey)).

use std::fmt::Display;

use ambient::{Clock, Entropy};
use ids::{AuthorityId, EventId};
use jiff::Timestamp;
use prost::{Message, Name};
use telemetry::TraceContext;
use vocabulary::urn_of;

/// A domain event, on its way to its consumers.
///
/// Immutable once made. Compare two by `id`: a redelivery is the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same event has the same id however often it is delivered. Sorts by time of making, to
    /// the millisecond.
    pub id: EventId,
    /// The authority: the first word of the routing key.
    pub authority: AuthorityId,
    /// The message's full name, `fairtermin.booking.v1.BookingConfirmed`: CloudEvents' `type`. The
    /// version is part of it, so an incompatible change is another kind.
    pub kind: String,
    /// What it is about, for example the booking's id. Events with the same subject keep their
    /// order.
    pub subject: String,
    /// When it happened, by the publisher's clock, an instant in UTC; kept to the millisecond in
    /// the outbox.
    pub time: Timestamp,
    /// The trace of the request that caused it (W3C Trace Context); none for what a timer caused.
    pub traceparent: Option<TraceContext>,
    /// The encoded protobuf message.
    ///
    /// Its type is `kind`; see [`message`](Self::message).
    pub data: Vec<u8>,
}

impl Event {
    /// An event that happens now, in the trace of the request or event that this task works for.
    ///
    /// `authority` is whose event it is, `subject` what it is about: choose the id of the row that
    /// changes, since it decides the order.
    pub fn new<M: Message + Name>(
        authority: &AuthorityId,
        subject: impl Display,
        message: &M,
        clock: &dyn Clock,
        entropy: &dyn Entropy,
    ) -> Self {
        Self {
            id: EventId::mint(clock, entropy),
            authority: authority.clone(),
            kind: M::full_name(),
            subject: subject.to_string(),
            time: clock.now(),
            traceparent: TraceContext::current(),
            data: message.encode_to_vec(),
        }
    }

    /// The routing key, `lea.booking-confirmed.v1`.
    ///
    /// Authority, name and version, in words that AMQP patterns can match.
    #[must_use]
    pub fn routing_key(&self) -> String {
        format!("{}.{}", self.authority, kebab_with_version(&self.kind))
    }

    /// The binding pattern for `M` of all authorities, `*.booking-confirmed.v1`.
    #[must_use]
    pub fn pattern<M: Name>() -> String {
        format!("*.{}", kebab_with_version(&M::full_name()))
    }

    /// The CloudEvents `source`: `urn:fairtermin:authority:lea`.
    #[must_use]
    pub fn source(&self) -> String {
        urn_of(&self.authority)
    }

    /// The message.
    ///
    /// A consumer's handlers get it decoded already; this is for subscribers. Unknown fields are
    /// ignored, as protobuf does, so a newer publisher is understood.
    ///
    /// # Errors
    /// The event is of another kind, or its data does not follow the contract.
    pub fn message<M: Message + Name + Default>(&self) -> Result<M, InvalidEvent> {
        if self.kind != M::full_name() {
            return Err(InvalidEvent::OtherKind { expected: M::full_name() });
        }
        M::decode(self.data.as_slice()).map_err(InvalidEvent::Data)
    }
}

/// Why something received is not an event that we understand. Names no content.
///
/// Such an event is poison: it will not become readable by waiting.
#[derive(Debug, thiserror::Error)]
pub enum InvalidEvent {
    /// A CloudEvents attribute is missing or malformed; which one.
    #[error("the attribute `{0}` is missing or malformed")]
    Attribute(&'static str),
    /// It is another event.
    #[error("not a {expected}")]
    OtherKind {
        /// What was expected.
        expected: String,
    },
    /// The data does not follow the contract.
    #[error("the data does not follow the contract: {0}")]
    Data(#[source] prost::DecodeError),
}

/// `fairtermin.booking.v1.BookingConfirmed` becomes `booking-confirmed.v1`.
///
/// The package between is left out, so two areas must not use one name for an event.
fn kebab_with_version(kind: &str) -> String {
    let mut parts = kind.rsplit('.');
    let name = parts.next().unwrap_or_default();
    let version = parts.next().unwrap_or_default();
    let mut key = String::with_capacity(kind.len());
    for character in name.chars() {
        if character.is_ascii_uppercase() && !key.is_empty() {
            key.push('-');
        }
        key.push(character.to_ascii_lowercase());
    }
    key.push('.');
    key.push_str(version);
    key
}

#[cfg(test)]
mod tests {
    use ambient::{SeededEntropy, VirtualClock};
    use proto::{booking::v1::BookingConfirmed, person::v1::PersonErased};

    use super::*;

    #[test]
    fn an_event_knows_its_route_and_gives_its_message_back() {
        let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
        let message = PersonErased { pseudonym: "psn_1".to_owned() };
        let authority = "lea".parse().unwrap();
        let event = Event::new(&authority, "psn_1", &message, &clock, &SeededEntropy::new(1));
        assert_eq!(event.routing_key(), "lea.person-erased.v1");
        assert_eq!(Event::pattern::<BookingConfirmed>(), "*.booking-confirmed.v1");
        assert_eq!(event.kind, "fairtermin.person.v1.PersonErased");
        assert_eq!(event.message::<PersonErased>().unwrap(), message);
        assert!(matches!(event.message::<BookingConfirmed>(), Err(InvalidEvent::OtherKind { .. })));
    }
}
