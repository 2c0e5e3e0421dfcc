//! Bodies that are sent more than once.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use actix_web::web::Bytes;
use serde::Serialize;

/// A document and its entity tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The document.
    pub body: Bytes,
    /// The same for the same document, with quotes (RFC 9110 section 8.8.3).
    pub etag: String,
}

impl Answer {
    /// A JSON document.
    pub(crate) fn json(view: &impl Serialize) -> Self {
        Self::new(serde_json::to_vec(view).expect("numbers and texts can be written as JSON"))
    }

    /// Any document.
    pub(crate) fn new(body: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        Self { body: Bytes::from(body), etag: format!("\"{:016x}\"", hasher.finish()) }
    }
}
