//! A telephone number, as somebody states it at the desk.

use std::{fmt, str::FromStr};

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
        match is_complete && is_number && DIGITS.contains(&digits.len()) {
            true => Ok(Self(number)),
            false => Err(NotAPhoneNumber),
        }
    }
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
        ] {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().as_str(), number);
        }
        for wrong in ["", "9010", "+", "0", "0301x", "++4930901", "0".repeat(16).as_str()] {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{wrong}");
        }
    }
}
