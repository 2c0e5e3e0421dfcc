//! The table of ratios.

use std::fmt;

use serde::Serialize;

/// One comparison.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What is compared with what.
    pub name: String,
    /// Ours over theirs: the median of the rounds.
    pub ratio: f64,
    /// What it should be.
    pub target: f64,
    /// Whether the ratio must be at least the target, or else at most.
    pub at_least: bool,
    /// What the ratio was made of, for people.
    #[serde(skip)]
    pub detail: String,
}

impl Row {
    fn is_met(&self) -> bool {
        if self.at_least { self.ratio >= self.target } else { self.ratio <= self.target }
    }
}

/// All comparisons of a run.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds a comparison and tells it at once, so that a long run shows how far it is.
    pub fn add(&mut self, row: Row) {
        println!("{}: {:.2} ({})", row.name, row.ratio, row.detail);
        self.rows.push(row);
    }

    /// How many ratios miss their targets.
    pub fn missed(&self) -> usize {
        self.rows.iter().filter(|row| !row.is_met()).count()
    }

    /// The list for programs.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.rows).expect("numbers and texts can be written as JSON")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<52} {:>6} {:>9}       measured", "", "ratio", "target")?;
        for row in &self.rows {
            let sign = if row.at_least { ">=" } else { "<=" };
            let verdict = if row.is_met() { "ok" } else { "MISSED" };
            let Row { name, ratio, target, detail, .. } = row;
            writeln!(f, "{name:<52} {ratio:>6.2} {sign} {target:>6.2} {verdict:<6}  {detail}")?;
        }
        Ok(())
    }
}

/// The middle one.
pub fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// What this share of the numbers does not exceed.
pub fn quantile(numbers: &mut [f64], share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len().saturating_sub(1);
    // Shares are between 0 and 1, so the place is one of the list's.
    numbers[(last as f64 * share).ceil() as usize]
}
