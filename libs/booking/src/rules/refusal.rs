//! Why a rule does not allow a visit.
//!
//! Two halves. [`RuleProblem`] is fixed and belongs to the rule: its code, its HTTP status, its
//! texts, its page. [`Refusal`] is of one visit: a sentence, and values for programs. The slot
//! service puts both into one problem document (RFC 9457); the portal shows the citizen's text
//! with the values filled in.

use std::fmt;

use jiff::Timestamp;

use super::CitizenTexts;

/// The problem type of a rule. The slot service makes its RFC 9457 problem documents of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleProblem {
    /// Stable machine code in kebab case.
    ///
    /// Released: programs decide by it.
    pub code: &'static str,
    /// A short sentence for developers, the same each time.
    ///
    /// It names no values: those are in the detail. Ends with a full stop.
    pub title: &'static str,
    /// What the caller can do about it.
    pub advice: &'static str,
    /// What sort of refusal it is.
    pub kind: RuleProblemKind,
    /// The values that every refusal carries. The citizens' texts may contain them.
    ///
    /// Fewer than the facts of a refusal may be: only those that are always there.
    pub arguments: &'static [Argument],
    /// What a citizen reads.
    pub texts: &'static CitizenTexts,
}

/// A value that every refusal of a rule carries.
///
/// A promise to the texts, which a `debug_assert` holds each refusal to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Argument {
    /// Its name in the problem document and in the texts.
    pub name: &'static str,
    /// How it is to be shown.
    pub kind: ArgumentKind,
}

/// How a value is shown to people.
///
/// Decides how the portal writes it in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArgumentKind {
    /// A count or a limit.
    Number,
    /// An instant (RFC 3339), shown as day and time in Berlin.
    Instant,
}

/// What sort of refusal a problem is.
///
/// Without a catch-all: a new sort of refusal needs a status, and the compiler asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleProblemKind {
    /// The request can never be right as it stands (HTTP 422).
    ///
    /// Another slot, another number of people or other services would do.
    Invalid,
    /// The request collides with the present state (HTTP 409).
    ///
    /// The same request may be right later, or after something else was done.
    Conflict,
    /// This person may not do this (HTTP 403).
    ///
    /// Another log-in, an application or another person would do.
    Forbidden,
}

impl RuleProblemKind {
    /// The HTTP status.
    ///
    /// Fixed per sort, so that a program can handle codes that it does not know.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::Conflict => 409,
            Self::Forbidden => 403,
        }
    }
}

/// One refusal. Contains no personal data.
///
/// Also an error type, so that it can be the cause of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The problem type.
    pub problem: &'static RuleProblem,
    /// A sentence about this visit: what was wrong, what would be right.
    ///
    /// For developers and staff, in English; citizens read [`RuleProblem::texts`].
    pub detail: String,
    /// The same for programs, for example `("required_level", "high")`.
    ///
    /// In the order in which they were added; names are in snake case and do not repeat.
    pub facts: Vec<(&'static str, Fact)>,
}

/// A value in a [`Refusal`].
///
/// Each has one form in JSON: a number, a text, an RFC 3339 time with Berlin's offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A count or a limit.
    Number(u64),
    /// A name.
    Text(String),
    /// A moment.
    Instant(Timestamp),
}

impl Refusal {
    /// A refusal with a sentence about this visit.
    #[must_use]
    pub fn new(problem: &'static RuleProblem, detail: impl Into<String>) -> Self {
        Self { problem, detail: detail.into(), facts: Vec::new() }
    }

    /// Adds a value for programs.
    ///
    /// For building one in a chain.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }
}

impl Refusal {
    /// Whether it carries every argument of its problem.
    ///
    /// By name and kind. A text that names an argument which is missing would show a hole.
    #[must_use]
    pub fn has_its_arguments(&self) -> bool {
        let carried = |argument: &Argument| {
            self.facts.iter().any(|(name, fact)| {
                *name == argument.name
                    && match (argument.kind, fact) {
                        (ArgumentKind::Number, Fact::Number(_))
                        | (ArgumentKind::Instant, Fact::Instant(_)) => true,
                        (ArgumentKind::Number, Fact::Text(_) | Fact::Instant(_))
                        | (ArgumentKind::Instant, Fact::Number(_) | Fact::Text(_)) => false,
                    }
            })
        };
        self.problem.arguments.iter().all(carried)
    }
}

#[cfg(test)]
impl Fact {
    pub(super) fn at(instant: &str) -> Self {
        Self::Instant(instant.parse().unwrap())
    }
}

impl From<u64> for Fact {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Timestamp> for Fact {
    fn from(instant: Timestamp) -> Self {
        Self::Instant(instant)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.problem.code, self.detail)
    }
}

impl std::error::Error for Refusal {}
