//! What stands in an entry of the log: a salted hash of a document that lies beside the log.
//!
//! A log can't forget, people have a right to be forgotten: so the log holds a hash, and the
//! document with its salt can be deleted. What remains proves that something stood there, and
//! nothing of what it said.

use crate::Hash;

/// Random bytes that keep a short document from being guessed. Deleted together with it.
///
/// Made by the caller from its source of randomness; a salt per document, never one for all.
/// Without it a short document could be found by trying all likely ones.
pub type Salt = [u8; 16];

/// What separates these commitments from every other use of SHA-256.
const LABEL: &str = "fairtermin/log/v1";

/// Each field as its length (four bytes, big endian) and its bytes, so that two lists of fields
/// never yield the same bytes.
///
/// The specification of draws calls it `lp`. Used wherever several fields go under one hash or
/// HMAC.
///
/// ```
/// assert_ne!(tlog::framed(&[b"ab", b"c"]), tlog::framed(&[b"a", b"bc"]));
/// ```
///
/// # Panics
/// A field has 4 GiB or more.
#[must_use]
pub fn framed(fields: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| field.len() + 4).sum());
    for field in fields {
        let length = u32::try_from(field.len()).expect("a field is shorter than 4 GiB");
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

/// The entry of the log for `document`: 32 bytes that reveal nothing of it without the salt.
///
/// `SHA-256(lp("fairtermin/log/v1", salt, document))`. The document is compared byte by byte, so it
/// must have one form: canonical JSON, or the text of a signed note.
#[must_use]
pub fn entry(salt: &Salt, document: &[u8]) -> Hash {
    Hash::of(&[&framed(&[LABEL.as_bytes(), salt, document])])
}
