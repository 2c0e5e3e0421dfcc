//! How what staff write must look, so that a form says all that is wrong with it at once. The services check the
//! same again, and more: whether a call costs extra.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// Digits of a telephone number with the prefix of a country or of a place (ITU-T E.164, section 6.2.1).
const PHONE_DIGITS: RangeInclusive<usize> = 5..=15;

/// The services take no earlier year of birth: it is a slip, such as 0198.
const FIRST_YEAR: i16 = 1850;

/// Whether it is a date of birth as documents have it: with zeros, blanks or X for what they leave open, and not
/// after `today`.
pub(super) fn is_birth_date(typed: &str, today: Date) -> bool {
    let parts: Vec<&str> = typed.split(['-', '.']).map(str::trim).collect();
    let (year, month, day) = match parts[..] {
        [year, month, day] if year.len() == 4 => (year, month, day),
        [day, month, year] => (year, month, day),
        [year, month] => (year, month, ""),
        [chip] if chip.is_ascii() && chip.len() == 8 => (&chip[..4], &chip[4..6], &chip[6..]),
        [year] => (year, "", ""),
        _ => return false,
    };
    let is_sensible = |known: &i16| *known >= FIRST_YEAR && year.len() == 4;
    let year = year.parse::<i16>().ok().filter(is_sensible);
    let (Some(year), Some(month), Some(day)) = (year, part(month), part(day)) else { return false };
    // What is open is anything: each month has a first day.
    let first = Date::new(year, month.max(1), if month == 0 { 1 } else { day.max(1) });
    first.is_ok_and(|first| first <= today)
}

/// A date of birth as forms and documents have it, of one that the services write as `1980-04-17`, `1980-04` or `1980`:
/// what is open is 00. Anything else is shown as it is.
pub(super) fn birth_date_shown(known: &str) -> String {
    let parts: Vec<&str> = known.split('-').collect();
    let (year, month, day) = match parts[..] {
        [year, month, day] => (year, month, day),
        [year, month] => (year, month, "00"),
        [year] => (year, "00", "00"),
        _ => return known.to_owned(),
    };
    let is_part =
        |part: &str, digits| part.len() == digits && part.bytes().all(|it| it.is_ascii_digit());
    if is_part(year, 4) && is_part(month, 2) && is_part(day, 2) {
        format!("{day}.{month}.{year}")
    } else {
        known.to_owned()
    }
}

/// A month or day; 0 if it is open.
fn part(text: &str) -> Option<i8> {
    let is_open = text.chars().all(|c| matches!(c, '0' | ' ' | 'x' | 'X' | '<'));
    if is_open { Some(0) } else { text.parse().ok() }
}

/// Whether it is a telephone number with its prefix.
pub(super) fn is_phone(typed: &str) -> bool {
    let number: String =
        typed.chars().filter(|c| !matches!(c, ' ' | '-' | '/' | '(' | ')')).collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let has_prefix = number.starts_with(['0', '+']);
    has_prefix
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && PHONE_DIGITS.contains(&digits.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = jiff::civil::date(2027, 1, 4);

    #[test]
    fn a_date_of_birth_is_what_documents_have() {
        for date in [
            "17.04.1980",
            "1980-04-17",
            "19800417",
            "00.04.1980",
            "1980-04",
            "1980-00-00",
            "1980",
            "XX.XX.1980",
            "29.02.1980",
            "01.01.1850",
            "04.01.2027",
            "00.01.2027",
            "2027",
        ] {
            assert!(is_birth_date(date, TODAY), "{date}");
        }
        for wrong in [
            "",
            "soon",
            "31.02.1980",
            "17.13.1980",
            "17.04.80",
            "1.2.3.1980",
            "ü-04-17",
            "ü1980041",
            "31.12.1849",
            "17.04.1780",
            "05.01.2027",
            "00.02.2027",
            "2028",
        ] {
            assert!(!is_birth_date(wrong, TODAY), "{wrong}");
        }
    }

    #[test]
    fn a_date_of_birth_is_shown_as_it_is_typed() {
        for (known, shown) in [
            ("1980-04-17", "17.04.1980"),
            ("1980-04", "00.04.1980"),
            ("1980", "00.00.1980"),
            ("17.04.1980", "17.04.1980"),
            ("1980-04-17-1", "1980-04-17-1"),
            ("", ""),
        ] {
            assert_eq!(birth_date_shown(known), shown);
            assert!(shown.is_empty() || known.len() > 10 || is_birth_date(shown, TODAY), "{shown}");
        }
    }

    #[test]
    fn a_telephone_number_has_its_prefix() {
        for number in ["030 9010", "+49 30 / 901-0", "(030) 901 0", "0043 1 5880"] {
            assert!(is_phone(number), "{number}");
        }
        for wrong in ["", "9010", "+", "0", "030 901x", "++4930901", "0123456789012345"] {
            assert!(!is_phone(wrong), "{wrong}");
        }
    }
}
