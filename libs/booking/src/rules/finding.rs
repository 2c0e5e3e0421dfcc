//! A remark about a configuration.

use std::fmt;

use serde::Serialize;

/// Something in a configuration that is allowed but probably not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where, for example `services[0].rules.leadTime.minutes`.
    pub path: String,
    /// What is odd.
    pub problem: String,
    /// What to write instead.
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

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.problem, self.remedy)
    }
}
