//! The checks: what each one proves, and which party can make it.
//!
//! Three readers, three functions: [`stranger()`] with the proof alone, [`entrant()`] with a
//! receipt (or [`ended()`] if the entry ended before the list was closed, [`ended_alone()`] without a
//! receipt), [`auditor()`] with everybody's wishes. Each gives [`Finding`]s. The last two rely on the
//! stranger's checks: call them only if none of those found anything wrong. Bytes that are no proof
//! are not checked here; the caller reports them as `document`
//! ([`crate::canonical::Unreadable`]).
//!
//! README section 6 has the table of who can check what. The checks are pure, so `fairtermin
//! verify-draw`, tests and a service can all call them.

mod auditor;
mod entrant;
mod log;
mod stranger;
mod tickets;

use std::fmt;

pub use auditor::auditor;
pub use entrant::{ended, ended_alone, entrant};
pub use stranger::stranger;
pub use tickets::{NoTicket, NotCountersigned, countersigned};

/// One thing that is checked.
///
/// Declared in the order in which they are made and reported; `Ord` is that order. Its names are
/// part of the test vectors, so other verifiers report the same words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// The announcement does not contradict itself.
    Announcement,
    /// The list is the frozen one, and each entry is as announced.
    List,
    /// Identity gave each ticket, and as many as it says.
    Tickets,
    /// The seed is the one that the authority was bound to.
    Seed,
    /// The second source of chance is genuine.
    Beacon,
    /// The order follows from both.
    Order,
    /// Every seat exists, fits and went once.
    Seats,
    /// The published counts and cutoffs follow.
    Classes,
    /// Everything stands in the log, the announcement before the window opened and the list before
    /// the beacon.
    Log,
    /// The authority signed this receipt, for this draw.
    Receipt,
    /// The entry stands in the list as promised.
    Entry,
    /// The wishes are the sealed ones.
    Wishes,
    /// The entrant got the best that was left at their turn.
    Own,
    /// Everybody did: the whole draw, settled again.
    Settlement,
}

impl Check {
    /// Its name in reports and test vectors.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::List => "list",
            Self::Tickets => "tickets",
            Self::Seed => "seed",
            Self::Beacon => "beacon",
            Self::Order => "order",
            Self::Seats => "seats",
            Self::Classes => "classes",
            Self::Log => "log",
            Self::Receipt => "receipt",
            Self::Entry => "entry",
            Self::Wishes => "wishes",
            Self::Own => "own",
            Self::Settlement => "settlement",
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What came out.
///
/// The texts are for people. A program decides by the variant alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It holds; the text says what that proves here.
    Holds(String),
    /// The proof does not have what is needed to check it. That is no fault: a draw may lack a log
    /// or publish half days. The text says what stays open.
    NotShown(String),
    /// What was announced as evidence is not there: no witness has signed. Nothing is shown to be wrong, and
    /// the draw is not shown to be right. The text says what is missing.
    Missing(String),
    /// It does not hold; the text names the first thing that is wrong.
    Wrong(String),
}

/// A check and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// What came out.
    pub outcome: Outcome,
}

impl Finding {
    /// Whether the check found something wrong.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self.outcome, Outcome::Wrong(_))
    }

    /// Whether evidence is missing that was announced.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self.outcome, Outcome::Missing(_))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, text) = match &self.outcome {
            Outcome::Holds(text) => ("holds", text),
            Outcome::NotShown(text) => ("not shown", text),
            Outcome::Missing(text) => ("MISSING", text),
            Outcome::Wrong(text) => ("WRONG", text),
        };
        write!(f, "{:<12}  {word:<9}  {text}", self.check.name())
    }
}

/// The outcome of a check that says what is wrong, or what holds.
fn finding(check: Check, result: Result<String, String>) -> Finding {
    let outcome = match result {
        Ok(text) => Outcome::Holds(text),
        Err(text) => Outcome::Wrong(text),
    };
    Finding { check, outcome }
}
