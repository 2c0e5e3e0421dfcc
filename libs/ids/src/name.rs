//! Names: identifiers chosen by people in configuration.

use std::{borrow::Cow, fmt, str::FromStr, sync::Arc};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{self, RefOr},
};

use crate::{InvalidId, string_schema};

const PATTERN: &str = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
const EXPECTED: &str =
    "1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit";

fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident, $kind:literal, $example:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if is_label(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(InvalidId { kind: $kind, expected: EXPECTED })
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
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
                json_schema!({ "type": "string", "description": $kind, "pattern": PATTERN })
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<openapi::Schema> {
                string_schema($kind, PATTERN, $example)
            }
        }

        impl ToSchema for $name {}
    )+};
}

names! {
    /// One authority (ZMS: *organisation*), for example `lea`, `buergeramt`, `kfz`.
    AuthorityId, "authority id", "buergeramt";
    /// A program that may call us (an OAuth client), for example `portal`.
    ClientId, "client id", "portal";
    /// A group of services in which one person holds at most one active booking.
    GroupId, "service group id", "meldewesen";
    /// One place with desks (ZMS: *scope* of a *provider*), for example `122280`.
    LocationId, "location id", "mitte";
    /// One matter that can be booked (ZMS: *request*), by its number in the Berlin catalogue.
    ServiceId, "service id", "passport";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_accepted_and_everything_else_is_not() {
        for good in ["a", "lea", "122280", "kfz-zulassung", &"x".repeat(63)] {
            assert_eq!(good.parse::<LocationId>().unwrap().as_str(), good);
        }
        for bad in ["", "-a", "a-", "A", "bürgeramt", "a b", "a/b", &"x".repeat(64)] {
            assert!(bad.parse::<LocationId>().is_err(), "{bad}");
        }
    }
}
