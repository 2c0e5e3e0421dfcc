//! A telephone number, as a person states it at the desk.

use std::{fmt, str::FromStr};

/// What follows the code of a country in numbers that cost more than an ordinary call: premium rate,
/// mass traffic, shared cost. (libphonenumber's metadata, `premium_rate` and `shared_cost`; for `1`
/// besides the exchange 976, below.) Of the German ones with 1, only those of mobile phones
/// belong to people: 10 chooses a carrier, 11 and 12 are services, 13 is mass traffic, 18 shared cost
/// and closed networks, 19 online services (Bundesnetzagentur, Nummernraum). 87, 881, 882 and 883 are
/// satellites and networks of no country, 808 and 979 shared cost and premium rate of no country (ITU-T E.164).
const COSTLY: [(&str, &[&str]); 16] = [
    ("1", &["900"]),
    ("31", &["900", "906", "909"]),
    ("33", &["81", "82", "884", "89"]),
    ("380", &["900"]),
    ("41", &["840", "842", "844", "848", "900", "901", "906"]),
    ("43", &["711", "810", "820", "821", "828", "900", "901", "930", "931", "939"]),
    ("44", &["84", "87", "90", "91", "98"]),
    ("48", &["70", "801"]),
    ("49", &["10", "11", "12", "13", "18", "19", "900"]),
    ("808", &[""]),
    ("87", &[""]),
    ("881", &[""]),
    ("882", &[""]),
    ("883", &[""]),
    ("90", &["900"]),
    ("979", &[""]),
];
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

    /// A number that is kept, behind the code of its country: one telephone can be written as `+49 30 9010`,
    /// `0049 30 9010` and `030 9010`.
    #[must_use]
    pub fn behind_country(number: &str) -> String {
        let (country, within) = country_and_rest(number);
        format!("{country}{within}")
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
    let (country, within) = country_and_rest(number);
    // No code of a country and none of a German place begins with a zero.
    !within.starts_with('0') && !is_costly(&format!("{country}{within}"))
}

/// `49` and what follows it, or nothing and a number of another country behind that one's code.
fn country_and_rest(number: &str) -> (&'static str, &str) {
    let abroad = number.strip_prefix('+').or_else(|| number.strip_prefix("00"));
    match abroad {
        Some(abroad) => match abroad.strip_prefix("49") {
            Some(within) => ("49", within),
            None => ("", abroad),
        },
        None => ("49", number.strip_prefix('0').unwrap_or(number)),
    }
}

/// Whether a call costs more than one to an ordinary number of that country. `number` begins with the
/// country's code. A zero behind it, as in `+43 (0) 900`, hides nothing.
fn is_costly(number: &str) -> bool {
    // 976 is dialled behind the code of any place (North American Numbering Plan).
    let is_exchange_976 = number.starts_with('1') && number.get(4..7) == Some("976");
    is_exchange_976
        || COSTLY.iter().any(|(country, costly)| {
            let within = number.strip_prefix(country).map(|within| within.trim_start_matches('0'));
            within.is_some_and(|within| costly.iter().any(|it| within.starts_with(it)))
        })
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
            ("+1 212 900 5880", "+12129005880"),
            ("+44 7400 123456", "+447400123456"),
            ("+33 6 12 34 56 78", "+33612345678"),
            ("+39 06 1234 5678", "+390612345678"),
            ("+880 1711 123456", "+8801711123456"),
        ] {
            assert_eq!(text.parse::<PhoneNumber>().unwrap().as_str(), number);
        }
        for wrong in ["", "9010", "+", "0", "0301x", "++4930901", "0".repeat(16).as_str()] {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{wrong}");
        }
    }

    #[test]
    fn one_telephone_is_one_however_it_is_written() {
        for same in ["0309010", "+49309010", "0049309010"] {
            assert_eq!(PhoneNumber::behind_country(same), "49309010");
        }
        assert_eq!(PhoneNumber::behind_country("+4315880"), "4315880");
        assert_eq!(PhoneNumber::behind_country("004315880"), "4315880");
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
            "010 33 0900 12345",
            "0191 011",
            "+1 900 234 5678",
            "001 900 234 5678",
            "+1 212 976 1234",
            "+43 900 123456",
            "+43 (0) 900 123456",
            "0041 901 123 456",
            "+44 909 879 0000",
            "+33 8 99 12 34 56",
            "+90 900 123 45 67",
            "+380 900 123 456",
            "+979 1 2345 6789",
            "+881 6 1234 5678",
            "+870 773 123 456",
            "00000000",
            "+0000000",
            "0000 49 30",
            "+49 0 30 9010",
        ] {
            assert_eq!(wrong.parse::<PhoneNumber>(), Err(NotAPhoneNumber), "{wrong}");
        }
    }
}
