//! The code that a citizen reads aloud at the front desk.

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
const LENGTH: usize = 8;

/// As we write it.
const CANONICAL: &str = "^[ACDEFGHJKLMNPQRTUVWXY34679]{4}-[ACDEFGHJKLMNPQRTUVWXY34679]{4}$";

/// Eight characters in two groups, for example `K7QD-3XHM` (ZMS: *Vorgangsnummer*).
///
/// About 37 bits: enough that nobody guesses a neighbour's code at the desk. It is not a
/// secret that authorises anything; names are checked against the document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BookingCode([u8; LENGTH]);

impl BookingCode {
    /// A fresh code.
    #[must_use]
    pub fn mint(entropy: &dyn Entropy) -> Self {
        Self(std::array::from_fn(|_| ALPHABET[entropy.below(ALPHABET.len() as u64) as usize]))
    }
}

impl fmt::Display for BookingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, character) in self.0.iter().enumerate() {
            if place == LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*character))?;
        }
        Ok(())
    }
}

impl fmt::Debug for BookingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for BookingCode {
    type Err = InvalidId;

    /// Reads what a person types: small letters, blanks and a missing hyphen are fine.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let invalid = InvalidId {
            kind: "booking code",
            expected: "8 letters and digits, for example K7QD-3XHM",
        };
        let mut code = [0; LENGTH];
        let mut typed = text
            .bytes()
            .filter(|byte| !matches!(byte, b'-' | b' '))
            .map(|byte| byte.to_ascii_uppercase());
        for place in &mut code {
            *place = typed.next().filter(|byte| ALPHABET.contains(byte)).ok_or(invalid.clone())?;
        }
        if typed.next().is_some() { Err(invalid) } else { Ok(Self(code)) }
    }
}

impl Serialize for BookingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BookingCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for BookingCode {
    fn schema_name() -> Cow<'static, str> {
        "BookingCode".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "booking code, for example K7QD-3XHM" })
    }
}

impl PartialSchema for BookingCode {
    fn schema() -> RefOr<openapi::Schema> {
        string_schema("booking code, as the person reads it out", CANONICAL, "K7QD-3XHM")
    }
}

impl ToSchema for BookingCode {}

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
