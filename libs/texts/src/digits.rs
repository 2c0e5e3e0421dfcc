//! Digits as keyboards of our languages type them.

/// The same text with the digits 0 to 9 for those of Arabic and Persian keyboards, and for the wide ones of
/// East Asian input methods: what is typed into a number, a code or a postcode is read as its writer sees it.
///
/// ```
/// assert_eq!(texts::plain_digits("١٠١٧٨"), "10178");
/// assert_eq!(texts::plain_digits("کد ۱۲۰۴۵۰"), "کد 120450");
/// ```
#[must_use]
pub fn plain_digits(text: &str) -> String {
    text.chars().map(plain_digit).collect()
}

/// The first digit, zero, of each alphabet. The others follow it (Unicode, general category `Nd`).
const ZEROS: [char; 3] = ['\u{660}', '\u{6f0}', '\u{ff10}'];

fn plain_digit(typed: char) -> char {
    let value =
        |zero: char| u32::from(typed).checked_sub(u32::from(zero)).filter(|value| *value < 10);
    let value = ZEROS.into_iter().find_map(value);
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_read_and_nothing_else_is_changed() {
        for digits in ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"]
        {
            assert_eq!(plain_digits(digits), "0123456789", "{digits}");
        }
        for other in ["D-10178", "٪", "٫", "½", "erika@example.org", ""] {
            assert_eq!(plain_digits(other), other);
        }
    }
}
