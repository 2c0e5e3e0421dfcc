//! Why a rule does not allow a visit.

use std::fmt;

use jiff::Timestamp;

use super::CitizenTexts;

/// The problem type of a rule. The slot service makes its RFC 9457 problem documents of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RuleProblem {
    /// Stable machine code in kebab case.
    pub code: &'static str,
    /// A short sentence for developers, the same each time.
    pub title: &'static str,
    /// What the caller can do about it.
    pub advice: &'static str,
    /// What sort of refusal it is.
    pub kind: RuleProblemKind,
    /// The values that every refusal carries. The citizens' texts may contain them.
    pub arguments: &'static [Argument],
    /// What a citizen reads.
    pub texts: &'static CitizenTexts,
}

/// A value that every refusal of a rule carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Argument {
    /// Its name in the problem document and in the texts.
    pub name: &'static str,
    /// How it is to be shown.
    pub kind: ArgumentKind,
}

/// How a value is shown to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArgumentKind {
    /// A count or a limit.
    Number,
    /// An instant (RFC 3339), shown as day and time in Berlin.
    Instant,
}

/// What sort of refusal a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleProblemKind {
    /// The request can never be right as it stands (HTTP 422).
    Invalid,
    /// The request collides with the present state (HTTP 409).
    Conflict,
    /// This person may not do this (HTTP 403).
    Forbidden,
}

impl RuleProblemKind {
    /// The HTTP status.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The problem type.
    pub problem: &'static RuleProblem,
    /// A sentence about this visit: what was wrong, what would be right.
    pub detail: String,
    /// The same for programs, for example `("required_level", "high")`.
    pub facts: Vec<(&'static str, Fact)>,
}

/// A value in a [`Refusal`].
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
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.facts.push((name, fact.into()));
        self
    }
}

impl Refusal {
    /// Whether it carries every argument of its problem.
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
