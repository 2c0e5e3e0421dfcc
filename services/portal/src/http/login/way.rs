//! Where a log-in leads to, and how sure it must be.

use client::TrustLevel;

use crate::http::{
    asked::{Asked, What},
    page_error::PageError,
};

/// The query of the pages before a log-in.
pub(crate) struct Way {
    /// Where to go afterwards, as the address says; it may be anything.
    pub(super) back: String,
    /// The level to ask for.
    pub(super) level: Option<TrustLevel>,
    /// For a member of staff, and not a citizen.
    pub(super) is_staff: bool,
}

impl What for Way {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        Ok(Self {
            back: asked.field("back").unwrap_or_default().to_owned(),
            level: asked.field("level").and_then(|level| level.parse().ok()),
            is_staff: asked.has("staff"),
        })
    }
}
