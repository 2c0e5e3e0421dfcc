//! Crockford's base 32 for 128 bits: 26 characters, no `i`, `l`, `o`, `u`.
//!
//! Chosen over hexadecimal because it is shorter (26 instead of 32 characters), over base 64
//! because it is safe in URLs, file names and keys of Redis and keeps its order: texts of equal
//! length sort as their numbers do. Unlike Crockford's own reading, upper case and the
//! look-alikes are refused: one id has one text, so that texts can be compared.

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Length of an encoded 128-bit number.
pub(crate) const LENGTH: usize = 26;

/// What each character stands for; `u8::MAX` if nothing.
const VALUES: [u8; 256] = values();

/// Worked out by the compiler, so that decoding is one look-up per character.
const fn values() -> [u8; 256] {
    let mut values = [u8::MAX; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
}

/// An encoded number. Ids are written often: into keys, tokens and answers.
///
/// So it lies on the stack and needs no allocation.
pub(crate) struct Encoded([u8; LENGTH]);

impl Encoded {
    pub(crate) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).expect("the alphabet is ASCII")
    }
}

/// The highest bits come first, with leading zeros: the length is always [`LENGTH`].
pub(crate) fn encode(mut bits: u128) -> Encoded {
    let mut text = [0; LENGTH];
    for character in text.iter_mut().rev() {
        *character = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    Encoded(text)
}

/// `None` unless `text` is exactly what [`encode`] would have made of some number.
///
/// So `decode` and [`encode`] are inverse, and no two texts denote the same number.
pub(crate) fn decode(text: &str) -> Option<u128> {
    // 26 * 5 = 130 bits: the first character carries only three, so at most '7'.
    if text.len() != LENGTH || text.as_bytes()[0] > b'7' {
        return None;
    }
    text.bytes().try_fold(0u128, |bits, character| match VALUES[usize::from(character)] {
        u8::MAX => None,
        value => Some((bits << 5) | u128::from(value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_survives_the_round_trip() {
        for bits in [0, 1, 31, 32, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            assert_eq!(decode(encode(bits).as_str()), Some(bits));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "0", &"0".repeat(27), &"z".repeat(26), &"i".repeat(26), &"ä".repeat(13)] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
