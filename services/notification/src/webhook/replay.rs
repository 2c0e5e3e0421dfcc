//! What of the past is delivered again.

use jiff::Timestamp;

/// Which part of what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Range {
    /// After this position.
    pub(crate) after: i64,
    /// Only what happened at this instant or later.
    pub(crate) since: Option<Timestamp>,
}

/// The cursor is ahead of all that was recorded: data were restored, or it is of somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the newest cursor is {newest}")]
pub(crate) struct Ahead {
    /// The newest cursor that there is.
    pub(crate) newest: i64,
}

impl Range {
    /// Refuses a range that begins after the newest position `newest`. Taken silently, what comes up to
    /// there would never be read.
    pub(crate) const fn must_not_begin_after(&self, newest: i64) -> Result<(), Ahead> {
        if self.after > newest { Err(Ahead { newest }) } else { Ok(()) }
    }
}

/// What a replay came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Replayed {
    /// How many events.
    pub(crate) count: i64,
    /// After which position a further replay would go on.
    pub(crate) next: i64,
    /// Whether there is more.
    pub(crate) more: bool,
}
