//! Handles: identifiers made by programs.
//!
//! The prefix tells a person who reads a log what an id denotes, and the type tells the
//! compiler; a `bkg_` where a hold is expected is refused at the door, with a message that does
//! not repeat it. The prefix is part of the released API and of the database: it never changes.
//!
//! Two ways to get one: [`mint`](BookingId::mint) for what is new,
//! [`from_bits`](BookingId::from_bits) for what is derived. A [`Pseudonym`] and a [`StaffId`]
//! are keyed hashes, so that the same person gets the same one again without a table; a
//! [`ReservationId`] takes the bits of its hold or booking.

use std::{borrow::Cow, fmt, str::FromStr};

use ambient::{Clock, Entropy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{self, RefOr},
};

use crate::{InvalidId, base32, string_schema};

/// Text, JSON and database have the same form, `prefix_` and 26 characters. Comparison is that
/// of the 128 bits, which is also that of the texts.
macro_rules! handles {
    ($($(#[doc = $doc:literal])+ $name:ident = $prefix:literal, $kind:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u128);

        impl $name {
            /// What every identifier of this kind starts with, without the underscore.
            pub const PREFIX: &str = $prefix;

            /// A new identifier that sorts by creation time (UUID version 7 layout).
            ///
            /// The first 48 bits are the milliseconds since 1970, the other 80 are random. It
            /// is no UUID: the bits of version and variant are random, too. Ids of the same
            /// millisecond are in no order. A clock before 1970 counts as 1970.
            ///
            /// The time of creation can be read from it: do not mint what is shown to people
            /// who must not know it.
            #[must_use]
            pub fn mint(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                let milliseconds = u128::try_from(clock.now().as_millisecond()).unwrap_or(0);
                let mut random = [0; 16];
                entropy.fill_id(&mut random);
                let random = u128::from_be_bytes(random) & ((1 << 80) - 1);
                Self((milliseconds & ((1 << 48) - 1)) << 80 | random)
            }

            /// The identifier that these 128 bits denote, for kinds that are derived
            /// (a keyed hash) and not minted.
            ///
            /// No check is needed, since each number is some id; whether it exists is for the
            /// database to say.
            #[must_use]
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }

            /// The 128 bits behind the text.
            ///
            /// For keys, hashes and derived ids; people and JSON get the text.
            #[must_use]
            pub const fn to_bits(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "_"))?;
                f.write_str(base32::encode(self.0).as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_")).and_then(base32::decode).map(Self).ok_or(
                    InvalidId {
                        kind: $kind,
                        expected: concat!($prefix, "_ followed by 26 characters of 0-9 and a-z without i, l, o, u"),
                    },
                )
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "description": concat!($kind),
                    "pattern": concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
                })
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<openapi::Schema> {
                string_schema(
                    $kind,
                    concat!("^", $prefix, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
                    concat!($prefix, "_01jgv5qp2w9x3k7m4n8rt6yhzd"),
                )
            }
        }

        impl ToSchema for $name {}
    )+};
}

handles! {
    /// A date that an office gave to an application on file.
    AssignedDateId = "dte", "assigned date id";
    /// One entry of the audit log: who did what to which booking, case or setting, and why.
    AuditId = "aud", "audit entry id";
    /// A confirmed appointment of one person. A moved appointment is a new booking with a new
    /// id; the earlier one stays as `rebooked`.
    BookingId = "bkg", "booking id";
    /// The question whether several persons are one human, as one authority knows it. All persons
    /// whom it concerns share one booking until it is resolved.
    DoubtId = "dbt", "doubt id";
    /// A lottery over scarce slots (see `libs/draw`).
    DrawId = "drw", "draw id";
    /// Permission to book a service that requires one: an application on file, posted by the
    /// authority's own program.
    EntitlementId = "ent", "entitlement id";
    /// One person's entry in a draw.
    EntryId = "ntr", "entry id";
    /// One event on the bus (CloudEvents `id`). The same event delivered twice has the same id,
    /// by which an inbox recognises it.
    EventId = "evt", "event id";
    /// One thing that a person did and that a booking rule may count, such as a missed
    /// appointment. Staff lift it by this id.
    HistoryId = "hst", "history id";
    /// A seat taken for a few minutes while a person decides. Its confirm makes a booking with
    /// an id of its own.
    HoldId = "hld", "hold id";
    /// One message to a person. The same message sent again keeps its id and its `Message-ID`,
    /// so that a mail program can tell the repeat.
    MessageId = "msg", "message id";
    /// A seat that was offered to one person of a waiting list.
    OfferId = "ofr", "offer id";
    /// A human, as the identity service knows them. Never leaves the identity service: all
    /// others get a [`Pseudonym`].
    PersonId = "prs", "person id";
    /// A human as one authority knows them: two authorities' pseudonyms of the same human have
    /// nothing in common (pairwise subject identifier, OpenID Connect Core section 8.1).
    Pseudonym = "psn", "pseudonym";
    /// A walk-in's place in the queue of a location's day (ZMS: *Wartenummer*). The number that
    /// is called is another field: it starts at 1 each day.
    QueueTicketId = "que", "queue ticket id";
    /// Whatever keeps a seat from others. That of a hold or a booking has its 128 bits, so that
    /// the seat can be found without a look-up.
    ReservationId = "rsv", "reservation id";
    /// One log-in of a person at the identity service; ends with log-out or expiry. An
    /// authority sees another id for it than identity keeps, so that authorities cannot compare
    /// them.
    SessionId = "ses", "session id";
    /// A member of an authority's staff. Derived from the authority and the staff provider's
    /// subject: who works at two authorities has two.
    StaffId = "stf", "staff id";
    /// An agency's webhook subscription (Standard Webhooks), with its filter, its secrets and
    /// its deliveries.
    SubscriptionId = "sub", "subscription id";
    /// One token (the `jti` claim, RFC 7519 section 4.1.7).
    TokenId = "tok", "token id";
    /// One person's place in a waiting list.
    WaitingId = "wtg", "waiting list entry id";
}

#[cfg(test)]
mod tests {
    use ambient::{SeededEntropy, VirtualClock};

    use super::*;

    #[test]
    fn a_minted_id_reads_back_and_sorts_by_age() {
        let clock = VirtualClock::at("2027-01-04T08:00:00Z".parse().unwrap());
        let entropy = SeededEntropy::new(1);
        let older = BookingId::mint(&clock, &entropy);
        clock.advance(jiff::SignedDuration::from_millis(1));
        let newer = BookingId::mint(&clock, &entropy);
        assert!(older < newer && older.to_string() < newer.to_string());
        assert_eq!(older.to_string().parse(), Ok(older));
        assert_eq!(serde_json_round_trip(older), older);
    }

    #[test]
    fn an_id_of_another_kind_is_refused_without_repeating_it() {
        let hold = HoldId::from_bits(5).to_string();
        let error = hold.parse::<BookingId>().unwrap_err().to_string();
        assert!(error.contains("booking id") && !error.contains(&hold), "{error}");
    }

    fn serde_json_round_trip(id: BookingId) -> BookingId {
        use serde::de::value::{Error, StringDeserializer};
        let text: StringDeserializer<Error> =
            serde::de::IntoDeserializer::into_deserializer(id.to_string());
        BookingId::deserialize(text).unwrap()
    }
}
