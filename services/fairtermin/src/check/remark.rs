//! What is said of a file.

use std::fmt;

use catalogue::{Finding, line};
use serde::Serialize;

use crate::hidden::without_users;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It is refused, by Helm or when the service starts.
    Error,
    /// It works and is probably not meant.
    Warning,
    /// Good to know. Asks for nothing.
    Note,
}

/// One sentence about one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The file; several that lie over each other are joined by ` + `.
    pub file: String,
    pub severity: Severity,
    #[serde(flatten)]
    pub finding: Finding,
}

/// `file: warning: path: what is wrong; what would be right`.
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "",
            Severity::Warning => "warning: ",
            Severity::Note => "note: ",
        };
        write!(f, "{}: {word}{}", self.file, line(&self.finding))
    }
}

/// Remarks on one release, in the order in which they are found.
#[derive(Debug)]
pub struct Remarks<'a> {
    file: &'a str,
    pub found: Vec<Remark>,
}

impl<'a> Remarks<'a> {
    pub fn on(file: &'a str) -> Self {
        Self { file, found: Vec::new() }
    }

    pub fn error(&mut self, path: &str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Error, Finding::new(path, problem, remedy));
    }

    pub fn warn(&mut self, path: &str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Warning, Finding::new(path, problem, remedy));
    }

    pub fn note(&mut self, path: &str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Note, Finding::new(path, problem, remedy));
    }

    pub fn all(&mut self, severity: Severity, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.add(severity, finding));
    }

    /// No user and no password of an address is repeated, wherever it was found.
    fn add(&mut self, severity: Severity, mut finding: Finding) {
        finding.problem = without_users(&finding.problem).into_owned();
        finding.remedy = without_users(&finding.remedy).into_owned();
        self.found.push(Remark { file: self.file.to_owned(), severity, finding });
    }
}
