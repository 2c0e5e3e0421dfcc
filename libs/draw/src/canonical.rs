//! Canonical JSON (RFC 8785), of which a document has exactly one form.
//!
//! The documents of a draw have texts, booleans, whole numbers below 2^53, lists and objects with
//! ASCII names, so the rules are short: no white space, members sorted by name, the shortest
//! escapes. `serde_json` writes just that if each struct names its fields in this order; reading
//! writes again and compares, so that nothing else is ever taken for canonical.

use serde::{Serialize, de::DeserializeOwned};

/// Larger whole numbers have no exact place in JSON.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Bytes that are not the canonical form of the document they should be.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or not this document. Names no values: they may be somebody's wishes.
    #[error("not this document: {kind} in line {line}, column {column}")]
    Document {
        /// What is wrong, in serde's words for kinds of errors.
        kind: &'static str,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// The same content in another form.
    #[error("not canonical JSON (RFC 8785): it differs from the canonical form at byte {0}")]
    NotCanonical(usize),
}

/// The canonical form.
///
/// # Panics
/// Never for the documents of this crate: their maps have texts as keys.
pub fn write<T: Serialize>(document: &T) -> Vec<u8> {
    serde_json::to_vec(document).expect("a document of a draw is JSON")
}

/// Reads a document from its canonical form. One line feed at the end is left away.
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
struct Compare<'a> {
    left: &'a [u8],
    at: usize,
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
