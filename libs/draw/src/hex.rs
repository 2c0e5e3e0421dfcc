//! Fixed numbers of bytes, written as lower case hexadecimal digits.
//!
//! One text form per value: upper case digits, prefixes and spaces are refused, since a second form
//! would be a second canonical document with the same meaning.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// `N` bytes. The text form has two lower case digits a byte, and no other form is read.
///
/// For hashes, secrets, serials and signatures alike; the documents say which is meant. It compares
/// as bytes, which is the same order as that of the text. `Debug` shows the digits: keep secrets
/// out of what is logged.
///
/// ```
/// let bytes: draw::Bytes<2> = "00ff".parse().unwrap();
/// assert_eq!(bytes.0, [0, 255]);
/// assert!("00FF".parse::<draw::Bytes<2>>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bytes<const N: usize>(pub [u8; N]);

/// A text that is not the wanted number of bytes. Says how many were wanted and does not repeat the
/// text, which may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0} bytes as lower case hexadecimal digits")]
pub struct NotHex(usize);

impl<const N: usize> FromStr for Bytes<N> {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != N || !rest.is_empty() {
            return Err(NotHex(N));
        }
        let mut bytes = [0; N];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let digits = digit(*high).zip(digit(*low)).ok_or(NotHex(N))?;
            *byte = digits.0 << 4 | digits.1;
        }
        Ok(Self(bytes))
    }
}

impl<const N: usize> fmt::Display for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        self.0.iter().try_for_each(|byte| {
            let [high, low] = [byte >> 4, byte & 15].map(|at| DIGITS[usize::from(at)] as char);
            fmt::Write::write_char(f, high).and_then(|()| fmt::Write::write_char(f, low))
        })
    }
}

impl<const N: usize> fmt::Debug for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<const N: usize>;
        impl<const N: usize> de::Visitor<'_> for Text<N> {
            type Value = Bytes<N>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", NotHex(N))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bytes<N>, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

impl From<tlog::Hash> for Bytes<32> {
    fn from(hash: tlog::Hash) -> Self {
        Self(hash.0)
    }
}
