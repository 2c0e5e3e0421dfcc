//! Names: identifiers chosen by people in configuration.
//!
//! A name stands in URLs, keys, metrics and Kubernetes labels without any escaping, which is
//! why its form is that of a DNS label (RFC 1123 section 2.1) and no umlaut is allowed. What
//! people read is not the name but the texts that the catalogue has beside it. A name that was
//! released is changed only with `formerly`, so that bookings go with it.

use std::{borrow::Cow, fmt, str::FromStr, sync::Arc};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{self, RefOr},
};

use crate::{InvalidId, string_schema};

/// The same as [`is_label`], for schemas and documents.
const PATTERN: &str = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";
const EXPECTED: &str =
    "1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit";

/// Bytes are counted, which are characters here. The catalogue demands more of its ids: a
/// letter at the beginning, since YAML reads `0815` as a number.
fn is_label(text: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&text.len())
        && text.bytes().all(inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// The text is shared (`Arc`): a name is cloned into each reservation, plan and event, and a
/// copy must cost nothing.
macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident, $kind:literal, $example:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name as text.
            ///
            /// In the form in which it was written: names have one spelling.
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
    /// One authority (ZMS: *organisation*), for example `lea`, `buergeramt`, `kfz`. Part of its
    /// audience (`urn:fairtermin:authority:lea`), so it never changes.
    AuthorityId, "authority id", "buergeramt";
    /// A program that may call us (an OAuth client, RFC 6749 section 2.2), for example
    /// `portal`.
    ClientId, "client id", "portal";
    /// A group of services in which one person holds at most one active booking (ZMS: request
    /// group).
    GroupId, "service group id", "melden-und-ausweise";
    /// One place with desks (ZMS: *scope* of a *provider*), for example `rathaus-mitte`. Its number
    /// in the Berlin catalogue is a field of its own.
    LocationId, "location id", "rathaus-mitte";
    /// One matter that can be booked (ZMS: *request*), for example `personalausweis`. Its number in
    /// the Berlin catalogue is a field of its own.
    ServiceId, "service id", "personalausweis";
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
