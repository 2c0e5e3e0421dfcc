//! How far a draw is, as people need to know it.

use client::{Draw, DrawStatus};
use jiff::Timestamp;

/// How far a draw is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Entering is not possible yet.
    Soon,
    /// People can enter.
    Open,
    /// The list is closed, and there is no result yet.
    Closed,
    /// There is a result.
    Settled,
    /// It could not be held: there are no winners.
    Void,
}

impl Stage {
    pub(crate) fn of(draw: &Draw, now: Timestamp) -> Self {
        match draw.status {
            Some(DrawStatus::Announced) if now < draw.opens => Self::Soon,
            Some(DrawStatus::Announced) if draw.is_open(now) => Self::Open,
            Some(DrawStatus::Settled) => Self::Settled,
            Some(DrawStatus::Void) => Self::Void,
            Some(
                DrawStatus::Announced
                | DrawStatus::Frozen
                | DrawStatus::Revealed
                | DrawStatus::Drawn,
            )
            | None => Self::Closed,
        }
    }

    /// The text that says it.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Soon => "draw-stage-soon",
            Self::Open => "draw-stage-open",
            Self::Closed => "draw-stage-closed",
            Self::Settled => "draw-stage-settled",
            Self::Void => "draw-stage-void",
        }
    }

    pub(crate) const fn colour(self) -> &'static str {
        match self {
            Self::Open | Self::Settled => "success",
            Self::Soon | Self::Closed => "info",
            Self::Void => "warning",
        }
    }
}
