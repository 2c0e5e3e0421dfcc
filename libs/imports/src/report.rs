//! What an import could not carry over, where it stood, and why.
//!
//! Equal entries are told once with all their places: a city has hundreds of scopes with the same
//! switch.
//!
//! The report is the half of an import that an admin works through. Its sentences name keys and
//! places of the source and never values: those may be names of people or secrets.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use serde::Serialize;

/// Places of an entry that the text names; the JSON names all.
const NAMED: usize = 3;

/// The fate of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// We need it and the source does not say it: an admin adds it.
    Missing,
    /// It is there with another value.
    Changed,
    /// It was not carried over.
    LeftOut,
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::LeftOut => "left out",
        })
    }
}

/// One kind of loss with everywhere that it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What became of it.
    pub fate: Fate,
    /// What it was, and why.
    pub problem: String,
    /// What an admin can do. May be empty.
    pub remedy: String,
    /// Where: `file: path`, in the words of the source.
    pub paths: Vec<String>,
}

/// Everything that was not carried over as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report(BTreeMap<(Fate, String, String), Vec<String>>);

impl Report {
    /// One more place of a loss. Equal texts are one entry, so `problem` and `remedy` must not
    /// contain what differs from place to place: that belongs into `path`.
    pub(crate) fn add(
        &mut self,
        fate: Fate,
        path: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.0.entry((fate, problem.into(), remedy.into())).or_default().push(path.into());
    }

    /// For what has no counterpart here, or is no longer of use.
    pub(crate) fn left_out(&mut self, path: &str, problem: impl Into<String>, remedy: &str) {
        self.add(Fate::LeftOut, path, problem, remedy);
    }

    /// For what is there with another value than the source has. An admin should compare.
    pub(crate) fn changed(&mut self, path: &str, problem: impl Into<String>, remedy: &str) {
        self.add(Fate::Changed, path, problem, remedy);
    }

    /// For what a catalogue needs and the source does not have. These come first in the report,
    /// since nothing can be booked without them.
    pub(crate) fn missing(&mut self, path: &str, problem: impl Into<String>, remedy: &str) {
        self.add(Fate::Missing, path, problem, remedy);
    }

    /// Every entry: first what is missing, then what was changed, then what was left out.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        let entry =
            |((fate, problem, remedy), paths): (&(Fate, String, String), &Vec<String>)| Entry {
                fate: *fate,
                problem: problem.clone(),
                remedy: remedy.clone(),
                paths: paths.clone(),
            };
        self.0.iter().map(entry).collect()
    }

    /// For people: a line for each entry, and one for its places.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for Entry { fate, problem, remedy, paths } in self.entries() {
            let remedy = if remedy.is_empty() { remedy } else { format!("; {remedy}") };
            let named = paths.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = match paths.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{fate}: {problem}{remedy}\n  {named}{more}");
        }
        text
    }

    /// For programs: a list of objects with `fate`, `problem`, `remedy` and all `paths`.
    #[must_use]
    pub fn json(&self) -> String {
        let entries = serde_json::to_string_pretty(&self.entries());
        entries.unwrap_or_else(|_| "[]".to_owned()) + "\n"
    }
}
