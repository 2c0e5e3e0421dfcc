//! Canonical JSON (RFC 8785), of which a document has exactly one form.
//!
//! The documents of a draw have texts, booleans, whole numbers below 2^53, lists and objects with
//! ASCII names, so the rules are short: no white space, members sorted by name, the shortest
//! escapes. `serde_json` writes just that if each struct names its fields in this order; reading
//! writes again and compares, so that nothing else is ever taken for canonical.
//!
//! Why one form: documents are hashed, signed and sealed by commitments. If a document had two
//! forms, an honest one could be republished with another hash, and two verifiers could disagree
//! about what was announced.
//!
//! Not here: numbers with a fraction and names outside ASCII, for which RFC 8785 has longer rules.
//! No document has them.

use serde::{Serialize, de::DeserializeOwned};

/// The largest whole number that every JSON reader keeps exactly: RFC 8259, section 6, and RFC
/// 8785, appendix D. Verifiers in JavaScript read the same documents.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Bytes that are not the canonical form of the document they should be.
///
/// A verifier reports it as the failed check `document`, before all others.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or not this document. Names no values: they may be a person's wishes.
    #[error("not this document: {kind} in line {line}, column {column}")]
    Document {
        /// What is wrong, one of three sentences by the kind of serde's error.
        kind: &'static str,
        /// The line, from 1; 1 for canonical JSON, which has no line feeds.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
    },
    /// The same content in another form, for example with white space or with members in another
    /// order. Says the first byte that differs, from 0.
    #[error("not canonical JSON (RFC 8785): it differs from the canonical form at byte {0}")]
    NotCanonical(usize),
}

/// The canonical form, without a line feed at the end. It is what [`read`] accepts, and what hashes
/// and signatures are over.
///
/// ```
/// use draw::{Bytes, SealedSeats, canonical};
///
/// let document = SealedSeats { salt: Bytes([0xab; 16]), seats: Vec::new() };
/// let bytes = canonical::write(&document);
/// assert_eq!(bytes, br#"{"salt":"abababababababababababababababab","seats":[]}"#);
/// assert!(canonical::read::<SealedSeats>(b"{ \"salt\": \"\" }").is_err());
/// ```
pub fn write<T: Serialize>(document: &T) -> Vec<u8> {
    serde_json::to_vec(document).expect("a document of a draw is JSON")
}

/// Reads a document from its canonical form. One line feed at the end is left away.
///
/// The bytes are parsed once and written once; the second writing is compared on the fly, so
/// reading a large proof needs no second copy of it. An unknown member is an error, since each
/// document denies unknown fields.
///
/// # Errors
/// It is another document, or in another form.
pub fn read<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let document: T = serde_json::from_slice(bytes).map_err(|error| {
        let kind = match error.classify() {
            serde_json::error::Category::Data => "an unknown, missing or impossible member",
            serde_json::error::Category::Eof => "it ends too early",
            serde_json::error::Category::Io | serde_json::error::Category::Syntax => "no JSON",
        };
        Unreadable::Document { kind, line: error.line(), column: error.column() }
    })?;
    let mut compare = Compare { left: bytes, at: 0, differs: None };
    serde_json::to_writer(&mut compare, &document).expect("a document of a draw is JSON");
    match compare.differs {
        Some(at) => Err(Unreadable::NotCanonical(at)),
        None if compare.left.is_empty() => Ok(document),
        None => Err(Unreadable::NotCanonical(compare.at)),
    }
}

/// Compares what is written with what was read, without a second copy of a large document.
///
/// Never fails as a writer, so that `serde_json` runs to the end and the place of the difference is
/// known.
struct Compare<'a> {
    /// What was read and is not compared yet.
    left: &'a [u8],
    /// How many bytes were the same.
    at: usize,
    /// Where the first difference is, if any.
    differs: Option<usize>,
}

impl std::io::Write for Compare<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.differs.is_none() {
            let same = bytes.iter().zip(self.left).take_while(|(a, b)| a == b).count();
            if same < bytes.len() {
                self.differs = Some(self.at + same);
            }
            self.left = &self.left[same..];
            self.at += same;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
