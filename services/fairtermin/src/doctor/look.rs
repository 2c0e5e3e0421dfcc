//! What was seen at one place, and what is to be mended there.

use std::{fmt, time::Duration};

use serde::Serialize;
use tokio::task::JoinSet;

use crate::hidden::without_users;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something does not work.
    Broken,
    /// It works and will not for long, or only by luck.
    Warning,
    /// Good to know. Asks for nothing.
    Note,
}

/// One sentence about what is wrong, and what to do or to run next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    severity: Severity,
    problem: String,
    next: String,
}

/// A look at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// What was looked at.
    subject: String,
    /// What is as it should be, in a few words each.
    seen: Vec<String>,
    findings: Vec<Finding>,
}

impl Look {
    pub fn at(subject: impl Into<String>) -> Self {
        Self { subject: shown(subject), seen: Vec::new(), findings: Vec::new() }
    }

    /// Something is as it should be.
    pub fn saw(&mut self, seen: impl Into<String>) {
        self.seen.push(shown(seen));
    }

    pub fn broken(&mut self, problem: impl Into<String>, next: impl Into<String>) {
        self.find(Severity::Broken, problem, next);
    }

    pub fn warn(&mut self, problem: impl Into<String>, next: impl Into<String>) {
        self.find(Severity::Warning, problem, next);
    }

    pub fn note(&mut self, problem: impl Into<String>, next: impl Into<String>) {
        self.find(Severity::Note, problem, next);
    }

    /// How many findings ask for something.
    pub fn to_mend(&self) -> usize {
        self.findings.iter().filter(|finding| finding.severity != Severity::Note).count()
    }

    fn find(&mut self, severity: Severity, problem: impl Into<String>, next: impl Into<String>) {
        self.findings.push(Finding { severity, problem: shown(problem), next: shown(next) });
    }
}

/// An address that was given may hold a password.
fn shown(text: impl Into<String>) -> String {
    without_users(&text.into()).into_owned()
}

/// A line for what is fine, and two for each finding. Beside what is broken nothing is called `ok`.
impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, seen, findings } = self;
        let is_broken = findings.iter().any(|finding| finding.severity == Severity::Broken);
        if !seen.is_empty() && !is_broken {
            writeln!(f, "ok       {subject}: {}", seen.join(", "))?;
        }
        for Finding { severity, problem, next } in findings {
            let word = match severity {
                Severity::Broken => "broken",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            writeln!(f, "{word:<8} {subject}: {problem}\n         next: {next}")?;
        }
        if !seen.is_empty() && is_broken {
            writeln!(f, "         fine: {}", seen.join(", "))?;
        }
        Ok(())
    }
}

/// Looks that run at once and are told in the order in which they were begun.
pub struct Looks {
    running: JoinSet<(usize, Vec<Look>)>,
    subjects: Vec<String>,
    limit: Duration,
}

impl Looks {
    /// Each takes at most `limit`.
    pub fn within(limit: Duration) -> Self {
        Self { running: JoinSet::new(), subjects: Vec::new(), limit }
    }

    /// Begins a look that may lead to more.
    pub fn begin(
        &mut self,
        subject: String,
        looks: impl Future<Output = Vec<Look>> + Send + 'static,
    ) {
        let (index, limit) = (self.subjects.len(), self.limit);
        let mut late = Look::at(&subject);
        late.broken(
            format!("no answer within {} s", limit.as_secs()),
            "is it reachable from here? --timeout-seconds waits longer",
        );
        self.subjects.push(subject);
        self.running.spawn(async move {
            let done = tokio::time::timeout(limit, looks).await;
            (index, done.unwrap_or_else(|_| vec![late]))
        });
    }

    /// Begins a look at one place.
    pub fn begin_one<L, F>(&mut self, subject: String, look: L)
    where
        L: FnOnce(Look) -> F,
        F: Future<Output = Look> + Send + 'static,
    {
        let look = look(Look::at(&subject));
        self.begin(subject, async move { vec![look.await] });
    }

    /// All of them, once the last one has ended.
    pub async fn finish(mut self) -> Vec<Look> {
        let mut done: Vec<Option<Vec<Look>>> = self.subjects.iter().map(|_| None).collect();
        while let Some(ended) = self.running.join_next().await {
            if let Ok((index, looks)) = ended {
                done[index] = Some(looks);
            }
        }
        let told = done.into_iter().zip(self.subjects).map(|(looks, subject)| {
            looks.unwrap_or_else(|| {
                let mut failed = Look::at(subject);
                failed.broken("this look failed: a mistake in the program", "report it");
                vec![failed]
            })
        });
        told.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn looks_are_told_in_their_order_and_a_late_one_is_broken() {
        let mut looks = Looks::within(Duration::from_millis(20));
        looks.begin("silent".to_owned(), std::future::pending());
        looks.begin_one("prompt".to_owned(), |mut look| async move {
            look.saw("ready");
            look.note("it is new", "nothing");
            look
        });
        let told = looks.finish().await;
        assert_eq!(
            told.iter().map(|look| &*look.subject).collect::<Vec<_>>(),
            ["silent", "prompt"]
        );
        assert_eq!(told.iter().map(Look::to_mend).collect::<Vec<_>>(), [1, 0]);
        assert!(
            told[1].to_string().starts_with("ok       prompt: ready\nnote     prompt: it is new\n")
        );
    }

    #[test]
    fn nothing_is_called_ok_beside_what_is_broken() {
        let mut look = Look::at("service");
        look.saw("clock right");
        look.broken("no answer", "look there");
        let text =
            "broken   service: no answer\n         next: look there\n         fine: clock right\n";
        assert_eq!(look.to_string(), text);
    }
}
