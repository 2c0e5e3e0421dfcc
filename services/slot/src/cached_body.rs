//! Bodies that are sent more than once.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::Write as _,
    sync::{Arc, OnceLock},
};

use actix_web::web::Bytes;
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;

/// Shorter bodies fit into one packet with or without compression.
const MIN_GZIP_BYTES: usize = 1024;

/// A document and its entity tag.
#[derive(Debug, Clone)]
pub struct CachedBody {
    /// The document.
    pub body: Bytes,
    /// The same for the same document, with quotes (RFC 9110 section 8.8.3). Weak: it is the same
    /// for the compressed form too.
    pub etag: String,
    gzip: Arc<OnceLock<Bytes>>,
}

impl CachedBody {
    /// A JSON document.
    pub(crate) fn json(view: &impl Serialize) -> Self {
        Self::new(serde_json::to_vec(view).expect("numbers and texts can be written as JSON"))
    }

    /// Any document.
    pub(crate) fn new(body: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let etag = format!("W/\"{:016x}\"", hasher.finish());
        Self { body: Bytes::from(body), etag, gzip: Arc::default() }
    }

    /// The document compressed (RFC 1952), if that is worth it: once, however often it is sent.
    pub(crate) fn gzip(&self) -> Option<Bytes> {
        if self.body.len() < MIN_GZIP_BYTES {
            return None;
        }
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            let written = encoder.write_all(&self.body).and_then(|()| encoder.finish());
            Bytes::from(written.expect("a vector takes everything"))
        };
        Some(self.gzip.get_or_init(compress).clone())
    }
}

/// The same document, compressed already or not.
impl PartialEq for CachedBody {
    fn eq(&self, other: &Self) -> bool {
        self.body == other.body
    }
}

impl Eq for CachedBody {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_changes_with_the_document_and_only_then() {
        let tag = |text: &str| CachedBody::json(&text).etag;
        assert_eq!(tag("free"), tag("free"));
        assert_ne!(tag("free"), tag("full"));
    }

    #[test]
    fn a_document_is_compressed_once_for_all_who_have_it() {
        let answer = CachedBody::new(vec![b'a'; MIN_GZIP_BYTES]);
        let copy = answer.clone();
        let bytes = answer.gzip().unwrap();
        assert!(bytes.len() < 100);
        assert_eq!(bytes.as_ptr(), copy.gzip().unwrap().as_ptr());
        assert_eq!(CachedBody::new(vec![b'a'; MIN_GZIP_BYTES - 1]).gzip(), None);
    }
}
