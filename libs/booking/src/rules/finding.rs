//! A remark about a configuration.
//!
//! Used for what is merely odd and, by `catalogue`, for what makes a catalogue unusable, so
//! that both read alike: where, what, what instead. A finding is made with the path below its own
//! value; each level above puts itself in front with [`Finding::below`].

use std::fmt;

use serde::Serialize;

/// Something in a configuration that is allowed but probably not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where, for example `services[0].rules.leadTime.minutes`.
    ///
    /// In the words of the file, camel case; a list's element by its index. Empty for the value
    /// itself.
    pub path: String,
    /// What is odd.
    ///
    /// A part of a sentence, without a full stop. May repeat what the admin wrote: a catalogue
    /// is public.
    pub problem: String,
    /// What to write instead.
    ///
    /// May be empty, if the problem says it already.
    pub remedy: String,
}

impl Finding {
    /// A finding at `path`, relative to the value that is checked.
    #[must_use]
    pub fn new(
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), problem: problem.into(), remedy: remedy.into() }
    }

    /// The same finding, seen from one level further up.
    ///
    /// `max` below `partySize` becomes `partySize.max`, `[0]` below `documents` becomes
    /// `documents[0]`.
    #[must_use]
    pub fn below(mut self, parent: &str) -> Self {
        self.path = match self.path.as_str() {
            "" => parent.to_owned(),
            path if path.starts_with('[') => format!("{parent}{path}"),
            path => format!("{parent}.{path}"),
        };
        self
    }
}

/// For tests; `catalogue::line` is for people and leaves empty parts out.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.problem, self.remedy)
    }
}
