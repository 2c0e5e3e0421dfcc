//! Markdown.

use std::fmt;

use super::{Row, Target, Verdict};
use crate::measures::Estimate;

/// Numbers without targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is about.
    pub title: &'static str,
    /// The head line.
    pub head: Vec<String>,
    /// The other lines.
    pub lines: Vec<Vec<String>>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n", self.title)?;
        writeln!(f, "| {} |", self.head.join(" | "))?;
        writeln!(f, "|{}", "---|".repeat(self.head.len()))?;
        self.lines.iter().try_for_each(|line| writeln!(f, "| {} |", line.join(" | ")))
    }
}

/// Numbers with their targets, as a table.
#[must_use]
pub fn rows(rows: &[Row]) -> String {
    let mut text = String::from(
        "| check | what | target | simulated | 95 % interval | verdict |\n|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let Estimate { value, low, high } = row.value;
        let verdict = match row.verdict() {
            Verdict::Met => "met".to_owned(),
            Verdict::Corrected(why) => format!("**target wrong**: {why}"),
            Verdict::Missed => "**missed**".to_owned(),
        };
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} to {} | {verdict} |\n",
            row.check,
            row.what,
            target(&row.target),
            number(value),
            number(low),
            number(high),
        ));
    }
    text
}

fn target(target: &Target) -> String {
    match *target {
        Target::Is { number: wanted, .. } => number(wanted),
        Target::Within { low, high } => format!("{} to {}", number(low), number(high)),
        Target::AtMost(most) => format!("≤ {}", number(most)),
        Target::AtLeast(least) => format!("≥ {}", number(least)),
    }
}

/// With as many digits as say something.
pub(crate) fn number(number: f64) -> String {
    let size = number.abs();
    let digits = if size >= 1000.0 || number == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 1.0 {
        3
    } else {
        4
    };
    if number.is_finite() { format!("{number:.digits$}") } else { "–".to_owned() }
}
