//! Handles: identifiers made by programs.

use std::{borrow::Cow, fmt, str::FromStr};

use ambient::{Clock, Entropy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{self, RefOr},
};

use crate::{InvalidId, base32, string_schema};

macro_rules! handles {
    ($($(#[doc = $doc:literal])+ $name:ident = $prefix:literal, $kind:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u128);

        impl $name {
            /// What every identifier of this kind starts with, without the underscore.
            pub const PREFIX: &str = $prefix;

            /// A new identifier that sorts by creation time (UUID version 7 layout).
            #[must_use]
            pub fn mint(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                let milliseconds = u128::try_from(clock.now().as_millisecond()).unwrap_or(0);
                let random = u128::from_be_bytes(entropy.bytes()) & ((1 << 80) - 1);
                Self((milliseconds & ((1 << 48) - 1)) << 80 | random)
            }

            /// The identifier that these 128 bits denote, for kinds that are derived
            /// (a keyed hash) and not minted.
            #[must_use]
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }

            /// The 128 bits behind the text.
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
    /// One entry of the audit log.
    AuditId = "aud", "audit entry id";
    /// A confirmed appointment of one person.
    BookingId = "bkg", "booking id";
    /// The question whether several persons are one human, as one authority knows it. All persons
    /// whom it concerns share one booking until it is resolved.
    DoubtId = "dbt", "doubt id";
    /// A lottery over scarce slots.
    DrawId = "drw", "draw id";
    /// Permission to book a service that requires one.
    EntitlementId = "ent", "entitlement id";
    /// One person's entry in a draw.
    EntryId = "ntr", "entry id";
    /// One event on the bus. The same event delivered twice has the same id.
    EventId = "evt", "event id";
    /// One thing that a person did and that a booking rule may count.
    HistoryId = "hst", "history id";
    /// A seat taken for a few minutes while a person decides.
    HoldId = "hld", "hold id";
    /// One message to a person.
    MessageId = "msg", "message id";
    /// A human, as the identity service knows them. Never leaves the identity service.
    PersonId = "prs", "person id";
    /// A human as one authority knows them: two authorities' pseudonyms of the same human have
    /// nothing in common (pairwise subject identifier, OpenID Connect Core section 8.1).
    Pseudonym = "psn", "pseudonym";
    /// A walk-in's place in the queue.
    QueueTicketId = "que", "queue ticket id";
    /// Whatever keeps a seat from others. That of a hold or a booking has its 128 bits.
    ReservationId = "rsv", "reservation id";
    /// One log-in of a person.
    SessionId = "ses", "session id";
    /// A member of an authority's staff. Derived from the staff provider's subject.
    StaffId = "stf", "staff id";
    /// An agency's webhook subscription.
    SubscriptionId = "sub", "subscription id";
    /// One token (the `jti` claim).
    TokenId = "tok", "token id";
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
