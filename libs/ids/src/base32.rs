//! Crockford's base 32 for 128 bits: 26 characters, no `i`, `l`, `o`, `u`.

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Length of an encoded 128-bit number.
pub(crate) const LENGTH: usize = 26;

pub(crate) fn encode(bits: u128) -> String {
    (0..LENGTH)
        .rev()
        .map(|place| char::from(ALPHABET[((bits >> (5 * place)) & 31) as usize]))
        .collect()
}

/// `None` unless `text` is exactly what [`encode`] would have made of some number.
pub(crate) fn decode(text: &str) -> Option<u128> {
    // 26 * 5 = 130 bits: the first character carries only three, so at most '7'.
    if text.len() != LENGTH || text.as_bytes()[0] > b'7' {
        return None;
    }
    text.bytes().try_fold(0u128, |bits, character| {
        let value = ALPHABET.iter().position(|known| *known == character)?;
        Some((bits << 5) | value as u128)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_survives_the_round_trip() {
        for bits in [0, 1, 31, 32, u128::MAX, 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef] {
            assert_eq!(decode(&encode(bits)), Some(bits));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "0", &"0".repeat(27), &"z".repeat(26), &"i".repeat(26), &"ä".repeat(13)] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
