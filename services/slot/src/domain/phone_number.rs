//! A telephone number, as a person states it at the desk.

use std::{fmt, str::FromStr};

/// German numbers that cost the caller, without the zero in front: premium rate (0900, formerly 0190),
/// mass traffic (0137), shared cost (0180), directories (0118).
const COSTLY: [&str; 5] = ["900", "190", "137", "180", "118"];
/// Digits with the prefix of a country or of a place, at most (ITU-T E.164, section 6.2.1).
const DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// `+49301234567` or `0301234567`: what separates the digits is left out.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneNumber(String);

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber")
    }
}

impl PhoneNumber {
    /// The number, to be called.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a telephone number")]
pub struct NotAPhoneNumber;

impl FromStr for PhoneNumber {
    type Err = NotAPhoneNumber;

    fn from_str(text: &str) -> Result<Self, NotAPhoneNumber> {
        let separates = |c: char| matches!(c, ' ' | '-' | '/' | '(' | ')');
        let number: String = text.chars().filter(|c| !separates(*c)).collect();
        let digits = number.strip_prefix('+').unwrap_or(&number);
        let is_complete = number.starts_with('0') || number.starts_with('+');
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_possible = DIGITS.contains(&digits.len()) && reaches_somebody(&number);
        match is_complete && is_number && is_possible {
            true => Ok(Self(number)),
            false => Err(NotAPhoneNumber),
        }
    }
}

/// Whether the number can be one of a person: no costly one, and one that some country or place has.
fn reaches_somebody(number: &str) -> bool {
    let abroad = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
    let within = match abroad {
        Some(abroad) => abroad.strip_prefix("49"),
        None => number.strip_prefix('0'),
    };
    // No code of a country and none of a place begins with a zero.
    let starts = within.or(abroad).unwrap_or(number);
    !starts.starts_with('0')
        && COSTLY.iter().all(|costly| within.is_none_or(|it| !it.starts_with(costly)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_can_be_called_from_here() {
        for (text, number) in [
            ("+49 30 / 901-0", "+49309010"),
            ("(030) 901 0", "0309010"),
            ("0151-23456789", "015123456789"),
            ("0043 1 5880", "004315880"),
            ("+43 900 5880", "+439005880"),
        ] {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().as_str(), number);
        }
        for wrong in ["", "9010", "+", "0", "0301x", "++4930901", "0".repeat(16).as_str()] {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{wrong}");
        }
    }

    #[test]
    fn no_number_costs_the_office_or_reaches_nobody() {
        for wrong in [
            "0900 1234567",
            "+49 900 1234567",
            "0049 190 123456",
            "0137 123456",
            "0180 5 123456",
            "0118 33",
            "00000000",
            "+0000000",
            "0000 49 30",
            "+49 0 30 9010",
        ] {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{wrong}");
        }
    }
}
