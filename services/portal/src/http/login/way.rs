//! Where a log-in leads to, how sure it must be, and what became of the last one.

use client::TrustLevel;

use crate::http::{
    asked::{Asked, What},
    link::Ended,
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
    /// `back` is the page of a slot that shall be held afterwards.
    pub(super) holds: bool,
    /// The browser was just given a cookie, to see whether it keeps it.
    pub(super) is_probed: bool,
    /// Why the last log-in did not succeed.
    pub(super) ended: Option<Ended>,
}

impl What for Way {
    fn read(asked: &Asked) -> Result<Self, PageError> {
        let ended = asked.field("ended");
        let endings = [Ended::Cancelled, Ended::Expired];
        Ok(Self {
            back: asked.field("back").unwrap_or_default().to_owned(),
            level: asked.field("level").and_then(|level| level.parse().ok()),
            is_staff: asked.has("staff"),
            holds: asked.has("hold"),
            is_probed: asked.has("probed"),
            ended: endings.into_iter().find(|known| ended == Some(known.as_str())),
        })
    }
}
