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
