//! Codes that a citizen reads aloud at the front desk.
//!
//! They differ from handles: a handle is long and meant for programs, a code is short and meant
//! for a voice across a counter. Staff look up by it, and compare names with a document before
//! they act.

use std::{borrow::Cow, fmt, str::FromStr};

use ambient::Entropy;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{self, RefOr},
};

use crate::{InvalidId, string_schema};

/// Letters and digits that are not mistaken for each other, aloud or in print.
const ALPHABET: &[u8; 26] = b"ACDEFGHJKLMNPQRTUVWXY34679";
/// Two groups of four: what people keep in mind while they read it out.
const LENGTH: usize = 8;
const EXPECTED: &str = "8 letters and digits, for example K7QD-3XHM";

/// The canonical form.
const CANONICAL: &str = "^[ACDEFGHJKLMNPQRTUVWXY34679]{4}-[ACDEFGHJKLMNPQRTUVWXY34679]{4}$";

/// Each place is drawn evenly and on its own; a code says nothing about time or number of
/// bookings. Two codes can be equal, though hardly ever: the unique index of the table decides.
fn mint(entropy: &dyn Entropy) -> [u8; LENGTH] {
    std::array::from_fn(|_| ALPHABET[entropy.below(ALPHABET.len() as u64) as usize])
}

/// Writes the canonical form: capitals, with a hyphen between the groups.
fn write(code: [u8; LENGTH], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, character) in code.iter().enumerate() {
        if place == LENGTH / 2 {
            f.write_str("-")?;
        }
        write!(f, "{}", char::from(*character))?;
    }
    Ok(())
}

/// Accepts lower case, blanks and a missing hyphen, since people type codes.
///
/// `None` for any other character and for another length. A look-alike (`0`, `O`, `1`, `I`) is
/// not guessed: it can stand for nothing in this alphabet, and the person reads it out again.
fn parse(text: &str) -> Option<[u8; LENGTH]> {
    let mut code = [0; LENGTH];
    let mut typed = text
        .bytes()
        .filter(|byte| !matches!(byte, b'-' | b' '))
        .map(|byte| byte.to_ascii_uppercase());
    for place in &mut code {
        *place = typed.next().filter(|byte| ALPHABET.contains(byte))?;
    }
    typed.next().is_none().then_some(code)
}

/// A type per kind, so that the code of a case cannot be looked up among bookings. The text is
/// that of [`fmt::Display`] in JSON, in the database and on paper.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident, $kind:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $code([u8; LENGTH]);

        impl $code {
            /// A fresh code.
            ///
            /// Not unique by itself: see the index of the table that keeps it.
            #[must_use]
            pub fn mint(entropy: &dyn Entropy) -> Self {
                Self(mint(entropy))
            }
        }

        impl fmt::Display for $code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(self.0, f)
            }
        }

        impl fmt::Debug for $code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $code {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                parse(text).map(Self).ok_or(InvalidId { kind: $kind, expected: EXPECTED })
            }
        }

        impl Serialize for $code {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $code {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }

        impl JsonSchema for $code {
            fn schema_name() -> Cow<'static, str> {
                stringify!($code).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let description = concat!($kind, ", for example K7QD-3XHM");
                json_schema!({ "type": "string", "description": description })
            }
        }

        impl PartialSchema for $code {
            fn schema() -> RefOr<openapi::Schema> {
                let description = concat!($kind, ", as the person reads it out");
                string_schema(description, CANONICAL, "K7QD-3XHM")
            }
        }

        impl ToSchema for $code {}
    )+};
}

codes! {
    /// The code of a booking: eight characters in two groups, for example `K7QD-3XHM` (ZMS:
    /// *Vorgangsnummer*).
    ///
    /// About 37 bits: a neighbour's code cannot be guessed at the desk. It is not a secret that
    /// authorises anything; names are checked against the document.
    BookingCode, "booking code";
    /// The code of an identity case, in the same form.
    CaseCode, "case code";
}

#[cfg(test)]
mod tests {
    use ambient::SeededEntropy;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = BookingCode::mint(&SeededEntropy::new(3));
        let text = code.to_string();
        assert_eq!(text.len(), 9);
        for typed in
            [text.clone(), text.to_lowercase(), text.replace('-', ""), text.replace('-', " ")]
        {
            assert_eq!(typed.parse(), Ok(code));
        }
        for wrong in ["", "K7QD", "K7QD-3XHMM", "K7QD-3XH0", "K7QD-3XHÄ"] {
            assert!(wrong.parse::<BookingCode>().is_err(), "{wrong}");
        }
    }
}
