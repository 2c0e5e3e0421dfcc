//! `1.0` is a whole number in JSON, which has one kind of number (RFC 8259 section 6); serde reads it
//! as one with a fraction.

/// The same JSON in which numbers with a fraction of zeros have none; `None` if there is no such
/// number. Texts stay as they are.
pub(super) fn without_zero_fractions(json: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(json.len());
    let (mut rest, mut in_text) = (json, false);
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'"' => in_text = !in_text,
            b'\\' if in_text => {
                plain.push(byte);
                let Some((&escaped, after)) = rest.split_first() else { break };
                plain.push(escaped);
                rest = after;
                continue;
            }
            b'.' if !in_text && plain.last().is_some_and(u8::is_ascii_digit) => {
                let zeros = rest.iter().take_while(|it| **it == b'0').count();
                let goes_on =
                    rest.get(zeros).is_some_and(|it| matches!(it, b'0'..=b'9' | b'e' | b'E'));
                if zeros > 0 && !goes_on {
                    rest = &rest[zeros..];
                    continue;
                }
            }
            _ => {}
        }
        plain.push(byte);
    }
    (plain.len() < json.len()).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fractions_of_zeros_are_left_out_and_only_of_numbers() {
        for (json, plain) in [
            (r#"{"n": 1.0}"#, Some(r#"{"n": 1}"#)),
            ("[10.000,-2.0]", Some("[10,-2]")),
            ("1.0", Some("1")),
            (r#"{"n": 1.5, "m": 1.05, "t": "1.0 \" 2.0"}"#, None),
            ("1.0e3", None),
            ("1.", None),
            (r#""5".0"#, None),
            ("", None),
        ] {
            let found = without_zero_fractions(json.as_bytes());
            assert_eq!(found.as_deref(), plain.map(str::as_bytes), "{json}");
        }
    }
}
