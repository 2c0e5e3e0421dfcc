//! Bytes that look random and come again.

use std::sync::atomic::{AtomicU64, Ordering};

use ambient::Entropy;
use aws_lc_rs::hmac;

/// Bytes that follow from a secret: the same each time, and unknown without it.
#[derive(Debug)]
pub struct Derived {
    key: hmac::Key,
    /// Which block comes next.
    block: AtomicU64,
}

impl Derived {
    /// Those that follow from `secret`.
    pub(super) fn from(secret: &[u8]) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, secret), block: AtomicU64::new(0) }
    }
}

impl Entropy for Derived {
    fn fill(&self, buffer: &mut [u8]) {
        for part in buffer.chunks_mut(32) {
            let block = self.block.fetch_add(1, Ordering::Relaxed);
            let tag = hmac::sign(&self.key, &block.to_be_bytes());
            part.copy_from_slice(&tag.as_ref()[..part.len()]);
        }
    }
}
