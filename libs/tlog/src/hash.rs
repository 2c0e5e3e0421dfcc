//! Hashes of RFC 6962, section 2.1.
//!
//! Leaves and nodes start with different bytes (0x00, 0x01). Without that a node's 64 bytes could
//! be shown as the data of a leaf, and one root would prove two different lists.

use std::fmt;

use aws_lc_rs::digest::{Context, SHA256};

/// A SHA-256 hash: of a leaf, an inner node or a whole tree.
///
/// Its text form is 64 lower case hexadecimal digits; notes and proofs write it in base64 instead,
/// as C2SP does. Comparing is not done in constant time: hashes here are public.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

/// The hash of the tree without leaves, SHA-256 of nothing.
///
/// RFC 6962, section 2.1. A log of size 0 has this root, and so has a witness that never saw the
/// log.
pub const EMPTY: Hash = Hash([
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
]);

impl Hash {
    /// SHA-256 of `parts`, one after the other.
    ///
    /// The parts are not separated from each other: to hash several fields of varying length, use
    /// [`framed`](crate::framed) first.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut context = Context::new(&SHA256);
        parts.iter().for_each(|part| context.update(part));
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Self(bytes)
    }

    /// The hash of a leaf with this data: SHA-256(0x00 || data).
    ///
    /// RFC 6962, section 2.1: the data is what the log's entry holds, here always the 32 bytes of
    /// [`entry`](crate::entry).
    #[must_use]
    pub fn leaf(data: &[u8]) -> Self {
        Self::of(&[&[0], data])
    }

    /// The hash of a node above two others: SHA-256(0x01 || left || right).
    #[must_use]
    pub fn node(left: &Self, right: &Self) -> Self {
        Self::of(&[&[1], &left.0, &right.0])
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}
