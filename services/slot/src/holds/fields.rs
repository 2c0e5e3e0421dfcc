//! Reading packed bytes from front to back.

use std::str::FromStr;

/// What is still to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    /// The next `N` bytes.
    pub fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    /// The next `length` bytes.
    pub fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(first)
    }

    /// A byte that is 0 or 1.
    pub fn flag(&mut self) -> Option<bool> {
        match self.take()? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }

    /// A name after its length.
    pub fn name<T: FromStr>(&mut self) -> Option<T> {
        let [length] = self.take()?;
        str::from_utf8(self.slice(length.into())?).ok()?.parse().ok()
    }
}

/// Writes a name after its length.
pub(super) fn write_name(name: &str, bytes: &mut Vec<u8>) {
    bytes.push(u8::try_from(name.len()).expect("a name has at most 63 bytes"));
    bytes.extend(name.as_bytes());
}
